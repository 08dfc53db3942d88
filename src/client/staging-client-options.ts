import type { Clock } from "../basics/clock.ts";
import type { DisclosureOptions } from "../disclosure/to-disclosure.ts";
import type { AnyModel } from "../model/model.ts";
import type { MicroUsd } from "../model/price.ts";
import type { Limiter } from "../replicate/limiter.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { Sink } from "../runs/sink.ts";
import type { Spending } from "../runs/spending.ts";
import type { SettingsReader } from "../settings/settings.ts";
import type { ClientEvent } from "./client-event.ts";

/** What a `StagingClient` is made of. Everything is optional. */
export interface StagingClientOptions<Known extends AnyModel = AnyModel> {
  /** Replicate's API token, or a function that gives it at every call, always of one account. Default: the environment's `REPLICATE_API_TOKEN`. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** Which model runs with which settings. Default: the built-in models with their defaults, in memory. */
  readonly settings?: SettingsReader<Known> | undefined;
  /** Where runs are kept. Default: in memory. */
  readonly runStore?: RunStore | undefined;
  /** Where Replicate calls back, by https. The call is a hint only: the client still looks by itself. */
  readonly webhook?: { readonly url: string; readonly events?: readonly ("start" | "output" | "logs" | "completed")[] } | undefined;
  /** Told what the client does; for logs and metrics. One that throws changes nothing. */
  readonly onEvent?: ((event: ClientEvent) => unknown) | undefined;
  /** Default `https://api.replicate.com/v1`. Plain http only on the loopback address. */
  readonly baseUrl?: string | undefined;
  /** Must not send anything again by itself, nor after its signal has aborted. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** When Replicate stops a prediction by itself, from its creation, in milliseconds; at least 5,000. Default 600,000. */
  readonly cancelAfterMs?: number | undefined;
  /** How long `stage` and `wait` wait, in milliseconds; the run goes on after that. Default 900,000. */
  readonly waitTimeoutMs?: number | undefined;
  /** How long one HTTP call may take, in milliseconds of real time. Default 60,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** The pause before a harmless call is repeated, in milliseconds of real time; it doubles. Default 500. */
  readonly retryDelayMs?: number | undefined;
  /**
   * Keeps calls within Replicate's limits. Share one among the clients of a process, and `postgresLimiter` among processes. `false`: no
   * limits but what a 429 tells. Default: `createLimiter()`.
   */
  readonly limiter?: Limiter | false | undefined;
  /**
   * How soon after its create a prediction is listed at the latest, in milliseconds. Replicate does not say (checked 2026-11): this is the one
   * assumption on which a create that nobody answered is sent again. Default 20,000.
   */
  readonly settleMs?: number | undefined;
  /**
   * How long a run belongs to the process that works on it, in milliseconds, by the run store's clock; prolonged while it does. At least
   * 1.1 times `requestTimeoutMs` and `settleMs` together, at most a year. Default: 30,000 more than the two.
   */
  readonly leaseMs?: number | undefined;
  /**
   * What to do when no answer told of a prediction, and two complete listings show none: send once more, once only (default), or leave the run
   * to a person. Any doubt leaves it to a person, too.
   */
  readonly onUnknown?: "resend-if-absent" | "stop" | undefined;
  /** The largest staged image that is brought home, in bytes. Default 100,000,000. */
  readonly maximumImageBytes?: number | undefined;
  /** The largest staged image that is brought home, in pixels. Default 100,000,000. */
  readonly maximumImagePixels?: number | undefined;
  /**
   * Keeps the photo, where its bytes are given, and the staged images: `folderSink`, one of your own, or a function that puts. Default: none,
   * and images are in memory only.
   */
  readonly sink?: Sink | Sink["put"] | undefined;
  /** What staged images say of themselves, on their runs and in their files; `false`: nothing. Default: see `DisclosureOptions`. */
  readonly disclosure?: DisclosureOptions | false | undefined;
  /** Tells what an image looks like, so that `findByHash` knows copies that were encoded anew: `perceptualHash` of `restage/images`. Default: none. */
  readonly perceptualHash?: ((bytes: Uint8Array) => Promise<string>) | undefined;
  /** Whether runs keep the prompt as it was sent. Default `false`. */
  readonly keepPrompts?: boolean | undefined;
  /** Reserves what a run may cost before anything is sent: `createBudgets` of `restage/books`. Default: no budgets. */
  readonly budgets?: Spending | undefined;
  /** The most that all attempts of one run may cost, in millionths of a US dollar. Default: no limit. */
  readonly maximumRunMicroUsd?: MicroUsd | undefined;
  /** Default: real time. */
  readonly clock?: Clock | undefined;
  /** Gives numbers from 0 (inclusive) to 1 (exclusive), for seeds that nobody set; they must not repeat in another process. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}
