import { UnauthenticatedError } from "../errors/unauthenticated-error.ts";
import type { Prediction } from "../replicate/prediction.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { findPrediction } from "./find-prediction.ts";
import type { Pause } from "./to-pause.ts";

/** What became of an attempt that nobody answered. */
export type Verdict =
  | { readonly kind: "found"; readonly prediction: Prediction }
  /** It is certain that nothing was created. */
  | { readonly kind: "absent" }
  /** Left for a person. */
  | { readonly kind: "doubt"; readonly reason: string };

// Inputs are deleted one hour after the end: what cannot be compared proves nothing.
const maximumAgeMs = 50 * 60_000;

/**
 * Finds out what became of a run's last attempt, from Replicate's listings alone. `closedMs`: when its connection was closed, by the
 * client's clock. A listing that does not come whole, or a store that fails, is no news: both are asked again.
 * @throws {WaitTimeoutError} when the caller's time is over.
 */
export async function reconcile(context: ClientContext, run: RunRecord, closedMs: number, pause: Pause): Promise<Verdict> {
  const { clock, http, settleMs, requestTimeoutMs } = context;
  const attempt = run.attempts.at(-1);
  if (attempt?.closedAt == null) return { kind: "doubt", reason: "Replicate told no time" };
  const settledMs = closedMs + settleMs;
  // Whoever else waits for an answer has it by then.
  const patienceMs = settledMs + settleMs + requestTimeoutMs;
  let withoutTrace = 0;
  for (let delayMs = settleMs / 20; ; delayMs = Math.min(delayMs * 2, settleMs)) {
    const begunMs = clock.now();
    const trace = await findPrediction(context, run, attempt).catch((error) => {
      if (UnauthenticatedError.is(error)) throw error.ofSentRun(run.id);
    });
    if (trace?.kind === "found") return trace;
    if (trace?.kind === "none") withoutTrace += 1;
    const isTooOld = (http.latestDate?.dateMs ?? 0) - Date.parse(attempt.sentAt) > maximumAgeMs;
    if (isTooOld) return { kind: "doubt", reason: "it was sent too long ago" };
    if (trace?.kind === "none" && withoutTrace >= 2 && begunMs >= settledMs) return { kind: "absent" };
    if (trace?.kind === "doubt" && begunMs >= patienceMs) return trace;
    const leftMs = settledMs - clock.now();
    await pause(leftMs > 0 ? Math.min(delayMs, leftMs) : delayMs);
  }
}
