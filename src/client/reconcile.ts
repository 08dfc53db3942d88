import { UnauthenticatedError } from "../errors/unauthenticated-error.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import { findPrediction } from "./find-prediction.ts";
import type { Pause } from "./to-pause.ts";

/** What became of an attempt that nobody answered. */
export type Verdict =
  | { readonly kind: "found"; readonly prediction: Prediction }
  /** It is certain that nothing was created. */
  | { readonly kind: "absent" }
  /** Somebody else found it out, gave the run up, or has taken it over. */
  | { readonly kind: "told"; readonly run: RunRecord }
  /** Left for a person. */
  | { readonly kind: "doubt"; readonly reason: string };

// Inputs are deleted one hour after the end: what cannot be compared proves nothing.
const maximumAgeMs = 50 * 60_000;

const shortestDelayMs = 100;

/**
 * Finds out what became of a run's last attempt, whose connection is closed, from Replicate's listings alone. A listing that does not come
 * whole, or a store that fails, is no news: both are asked again.
 * @throws {WaitTimeoutError} when the caller's time is over.
 */
export async function reconcile(context: ClientContext, lease: Lease, run: RunRecord, pause: Pause): Promise<Verdict> {
  const { http, settleMs, requestTimeoutMs } = context;
  const attempt = run.attempts.at(-1);
  if (attempt?.closedAt == null) return { kind: "doubt", reason: "Replicate told no time" };
  // Whoever else waits for an answer has it by then.
  const patienceMs = 2 * settleMs + requestTimeoutMs;
  let withoutTrace = 0;
  // What was slept, since a clock may be set while somebody waits.
  let waitedMs = 0;
  const longestDelayMs = Math.max(shortestDelayMs, settleMs);
  for (let delayMs = Math.max(shortestDelayMs, settleMs / 20); ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    const current = await lease.update(() => undefined).catch(() => ({ run, isOurs: true }));
    if (!current.isOurs || !isUnanswered(current.run, run)) return { kind: "told", run: current.run };
    const trace = await findPrediction(context, run, attempt, pause.signal).catch((error) => {
      if (UnauthenticatedError.is(error)) throw error;
    });
    if (trace?.kind === "found") return trace;
    if (trace?.kind === "none") withoutTrace += 1;
    const isTooOld = (http.latestDate?.dateMs ?? 0) - Date.parse(attempt.sentAt) > maximumAgeMs;
    if (isTooOld) return { kind: "doubt", reason: "it was sent too long ago" };
    if (trace?.kind === "none" && withoutTrace >= 2 && waitedMs >= settleMs) return { kind: "absent" };
    if (trace?.kind === "doubt" && waitedMs >= patienceMs) return trace;
    const leftMs = settleMs - waitedMs;
    waitedMs += await pause(leftMs > 0 ? Math.min(delayMs, leftMs) : delayMs);
  }
}

/** Whether a run is still where it was when its attempt was left without an answer. */
export function isUnanswered({ state, attempts }: RunRecord, { attempts: { length } }: RunRecord): boolean {
  return !finalStates.includes(state) && attempts.length === length && !attempts.at(-1)?.predictionId;
}
