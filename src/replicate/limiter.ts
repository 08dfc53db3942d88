/** The kinds of call that Replicate limits apart: creates, and all others (its HTTP API docs, 2026-11). */
export type CallKind = "create" | "other";

/** What a 429 said. */
export interface Throttle {
  readonly kind: CallKind;
  /** How long Replicate asks to wait, in milliseconds from now; `null` where it did not say. */
  readonly retryAfterMs: number | null;
  /** Whether creates are throttled because the account's credit is low: 6 a minute, one at a time (its HTTP API docs, 2026-11). */
  readonly hasLowCredit: boolean;
}

/** Keeps the calls of everybody who shares it within Replicate's limits. */
export interface Limiter {
  /**
   * Resolves when one call of this kind may be sent, in the order of asking. `patienceMs`: how long that is of use, default for ever.
   * @throws the signal's reason, when it aborts: then nothing was granted.
   * @throws {ThrottledError} as soon as it is known that it takes longer than `patienceMs`.
   * @throws {RestageError} when whatever it counts in fails: then nothing was granted, either.
   */
  acquire(kind: CallKind, signal?: AbortSignal, patienceMs?: number): Promise<void>;
  /** Told of every 429: holds everybody until the time given. Does not throw. */
  throttled(throttle: Throttle): Promise<void>;
}
