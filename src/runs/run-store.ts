import type { RunRecord, RunState } from "./run.ts";
import type { RunSummary, SummaryOptions } from "./run-summary.ts";

/** A run as it is first written; the store sets version and times, and holds it for its writer where `leaseMs` says so. */
export type NewRun = Omit<RunRecord, "version" | "createdAt" | "updatedAt" | "leaseExpiresAt"> & Lease;

/** What may change of a run. */
export type RunPatch = Partial<
  Omit<RunRecord, "id" | "version" | "createdAt" | "updatedAt" | "idempotencyKey" | "fingerprint" | "leaseExpiresAt">
> &
  Lease;

/** How long the writer holds a run. */
export interface Lease {
  /** How long nobody may claim the run, in milliseconds from now by the store's clock, at most a year; `null` lets it go. Left out: as it is. */
  readonly leaseMs?: number | null | undefined;
}

/** Which runs a list holds. */
export interface RunFilter {
  readonly states?: readonly RunState[] | undefined;
  readonly projectId?: string | undefined;
  readonly group?: string | undefined;
  readonly modelId?: string | undefined;
  /** Only the run that holds this prediction. */
  readonly predictionId?: string | undefined;
  readonly variant?: string | undefined;
  /** Only runs with an image of this SHA-256 in hex, be it of the file or of its image data. */
  readonly imageSha256?: string | undefined;
  /** Only runs with an image whose perceptual hash differs from `hash` in at most `maximumDistance` of its 64 bits. */
  readonly perceptualHash?: { readonly hash: string; readonly maximumDistance: number } | undefined;
  /** Only runs that ended before this time: an ISO string, or a day such as `2026-04-01` from its beginning in UTC. */
  readonly finishedBefore?: string | undefined;
  /** Where the last page ended; as that page gave it. */
  readonly cursor?: string | undefined;
  /** Runs a page. Default 100, at most 1,000. */
  readonly limit?: number | undefined;
}

/** A page of runs, newest first; `cursor` is absent on the last one. */
export interface RunPage {
  readonly runs: readonly RunRecord[];
  readonly cursor?: string;
}

/** Which runs to take over, and for how long. */
export interface ClaimOptions {
  /** Only this run. */
  readonly id?: string | undefined;
  readonly states: readonly RunState[];
  /** How long nobody else may claim them, in milliseconds from now by the store's clock, at most a year. */
  readonly leaseMs: number;
  /** At most so many. */
  readonly limit: number;
}

/** Which runs to remove for good. */
export interface PurgeOptions {
  /** Only runs that ended before this time: an ISO string, or a day such as `2026-04-01` from its beginning in UTC. */
  readonly olderThan: string;
  /** Only runs of this project. */
  readonly projectId?: string | undefined;
  /** At most so many. Default and most 1,000. */
  readonly limit?: number | undefined;
}

/**
 * Where runs are kept. Every store passes `runStoreSuite` of `restage/testing`. What it returns are copies.
 * No prediction id may stand in two runs: `update` refuses the second with a `RunConflictError`.
 */
export interface RunStore {
  /**
   * Writes a run, unless its idempotency key is known: then the run of that key comes back with `isNew: false`.
   * A failed, aborted or expired-before-sending run that was not billed makes room for a new one under its key.
   * @throws {IdempotencyConflictError} when the key belongs to a request with another fingerprint.
   * @throws {RunConflictError} when its id, or a prediction id, belongs to another run.
   * @throws {InvalidRequestError} when the lease is none.
   */
  create(run: NewRun): Promise<{ readonly run: RunRecord; readonly isNew: boolean }>;
  /** The run, or `undefined`. */
  get(id: string): Promise<RunRecord | undefined>;
  /**
   * Changes a run that is still at the expected version. Its version grows by one.
   * @throws {RunNotFoundError} when there is none.
   * @throws {RunConflictError} when another change came first, or the prediction id belongs to another run.
   * @throws {InvalidRequestError} when the lease is none.
   */
  update(id: string, expectedVersion: number, patch: RunPatch): Promise<RunRecord>;
  /**
   * Takes over runs in these states whose lease is over or was never taken, oldest first; each goes to one caller only. Claims at the same
   * time may come back with less than there is.
   * @throws {InvalidRequestError}
   */
  claim(options: ClaimOptions): Promise<readonly RunRecord[]>;
  /**
   * Runs by what the filter says, all of it together, newest first, in pages.
   * @throws {InvalidRequestError}
   */
  list(filter?: RunFilter): Promise<RunPage>;
  /**
   * What runs came to, by model, project, variant, state, day, month and group, in pages.
   * @throws {InvalidRequestError} also where a sum is more than a number holds exactly.
   */
  summarise(options: SummaryOptions): Promise<RunSummary>;
  /**
   * Removes runs that are over, those first that ended first, and gives them, so that their images can be removed, too. Each goes to one
   * caller only. Call it until it gives none; purges at the same time may give less than there is. A request with the key of a run that was
   * removed is a new one.
   * @throws {InvalidRequestError}
   */
  purge(options: PurgeOptions): Promise<readonly RunRecord[]>;
}
