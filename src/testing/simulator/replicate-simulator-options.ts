import type { AnyModel } from "../../model/model.ts";
import type { MicroUsd } from "../../model/price.ts";
import type { DrawStaged } from "../draw-request.ts";
import type { RateLimitOptions } from "./rate-limit.ts";
import type { UnestablishedBehaviour } from "./unestablished-behaviour.ts";
import type { WebhookOptions } from "./webhook-options.ts";

/** How a simulated Replicate is set up. Everything has a default. */
export interface ReplicateSimulatorOptions {
  /** The models it runs. Default: all built-in ones. */
  readonly models?: readonly AnyModel[];
  /** The only token it accepts. Default: one drawn from the seed, which looks like Replicate's. */
  readonly token?: string;
  /**
   * The credit of the account. Under 5 USD creates are throttled to 6 a minute, at nothing they are refused with 402. Default `null`: plenty.
   */
  readonly creditMicroUsd?: MicroUsd | null;
  /** Decides ids, token, webhook secret, durations and pictures without a seed. Default: random, so that no two simulators share ids. */
  readonly seed?: number;
  /**
   * Runs every duration at this share: of predictions, of `Prefer: wait` and `Cancel-After`, of rate windows, of the deletion after an
   * hour. At 0.01 a run of 8 s takes 80 ms. Durations given to `outcomes` and `behaviour` are scaled too. Default 1.
   */
  readonly timeScale?: number;
  /** `"running"` (default): time passes by itself, and `clock.advance` leaps. `"manual"`: only `clock.advance` moves it. */
  readonly clock?: "running" | "manual";
  /** What the clock shows at first, in milliseconds since 1970. Default: now. Another value makes a clock that is off. */
  readonly startAt?: number;
  /** How long a prediction waits before it runs, in milliseconds before `timeScale`. Default 300. */
  readonly startingMs?: number;
  /** How far a run may stray from the model's `usualDurationMs`, as a share. Default 0.2. */
  readonly durationJitter?: number;
  /** Default: Replicate's limits in a token bucket. `false`: none. */
  readonly rateLimits?: RateLimitOptions | false;
  /** The largest upload, in bytes. Default 100 MiB (Replicate HTTP API docs, 2026-11: 100 MB). */
  readonly maximumFileBytes?: number;
  readonly webhooks?: WebhookOptions;
  /** How it behaves where Replicate's documentation does not say. */
  readonly behaviour?: Partial<UnestablishedBehaviour>;
  /** Draws an output when it is first downloaded. Default: `drawStaged`. */
  readonly draw?: DrawStaged;
  /**
   * Reads a photo that is neither an uploaded file nor a data URL. `null` stages an invented room. Default: loopback addresses are
   * fetched, all others give `null`, so that nothing leaves this machine.
   */
  readonly fetchPhoto?: (url: URL) => Promise<Uint8Array | null>;
  /** How many of the latest requests `requests` keeps. Default: all. */
  readonly maximumRecordedRequests?: number;
  /** The TCP port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
}
