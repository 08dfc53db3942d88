import type { Clock } from "../basics/clock.ts";
import type { DisclosureOptions } from "../disclosure/to-disclosure.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import type { Http } from "../replicate/http.ts";
import type { Limiter } from "../replicate/limiter.ts";
import type { RunRecord } from "../runs/run.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { Sink } from "../runs/sink.ts";
import type { Spending } from "../runs/spending.ts";
import type { ClientEvent, Emit } from "./client-event.ts";
import type { Leases } from "./create-leases.ts";
import type { Recent } from "./create-recent.ts";
import type { List } from "./share-listings.ts";
import type { UsualDurations } from "./usual-durations.ts";

/** What the steps of a staging share. */
export interface ClientContext {
  readonly http: Http;
  readonly limiter: Limiter;
  /** Lists predictions, one listing at a time. */
  readonly list: List;
  readonly recent: Recent;
  readonly leases: Leases;
  readonly durations: UsualDurations;
  /** The runs whose predictions are waited for. */
  readonly waiting: Set<string>;
  readonly fetch: typeof fetch;
  readonly registry: Registry<AnyModel>;
  readonly runStore: RunStore;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Tells an event that is of no run. Never throws. */
  readonly notify: (event: ClientEvent) => void;
  readonly webhook: { readonly url: string; readonly events: readonly string[] } | undefined;
  readonly cancelAfterMs: number;
  readonly waitTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly retryDelayMs: number;
  readonly settleMs: number;
  readonly leaseMs: number;
  readonly onUnknown: "resend-if-absent" | "stop";
  readonly maximumImageBytes: number;
  readonly maximumImagePixels: number;
  readonly sink: Sink | undefined;
  /** What staged images say of themselves; `undefined`: nothing. */
  readonly disclosure: DisclosureOptions | undefined;
  readonly perceptualHash: ((bytes: Uint8Array) => Promise<string>) | undefined;
  readonly spending: Spending | undefined;
  readonly maximumRunMicroUsd: number;
  readonly keepsPrompts: boolean;
}

/** How a caller waits. */
export interface WaitOptions {
  /** Ends the waiting: nothing is sent that was not sent yet; a run that was goes on, and `client.wait(id)` takes it up again. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether `signal` also cancels the prediction: a running one is charged all the same. It never cancels a run that another call made.
   * Default `false`.
   */
  readonly cancelOnAbort?: boolean | undefined;
  /** How long to wait, in milliseconds. Default: the client's `waitTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Told at every step and look. One that throws changes nothing. */
  readonly onProgress?: ((progress: Progress) => unknown) | undefined;
}

/** How far a staging is. */
export interface Progress {
  readonly runId: string;
  readonly modelId: string;
  readonly phase: "uploading" | "creating" | "starting" | "processing" | "collecting" | "done";
  /** Milliseconds since the staging began. */
  readonly elapsedMs: number;
  /** What the model usually takes, in milliseconds. */
  readonly usualDurationMs: number;
}

/** Tells how far a run is. */
export type Report = (run: RunRecord, phase: Progress["phase"]) => void;
