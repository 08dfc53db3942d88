import type { Attempt, RunError, RunRecord } from "./run.ts";

/** The attempts with the last one changed. */
export function withLastAttempt({ attempts }: RunRecord, change: Partial<Attempt>): readonly Attempt[] {
  return attempts.map((attempt, index) => (index === attempts.length - 1 ? { ...attempt, ...change } : attempt));
}

/** An error as a run keeps it. */
export function toRunError({ code, message, retryable, billed }: RunError): RunError {
  return { code, message, retryable, billed };
}

/** Whether nobody but a person can tell what became of the run: `client.conclude` takes it up again. */
export function isLeftUnknown({ state, error }: RunRecord): boolean {
  return state === "unknown" && error !== null;
}
