import { orAbort } from "../basics/or-abort.ts";
import type { Prediction } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import type { Attempt, RunRecord } from "../runs/run.ts";
import { isWithin, toAttemptWindow } from "./attempt-window.ts";
import type { ClientContext } from "./client-context.ts";
import { compareMarks } from "./compare-marks.ts";
import { toMark } from "./to-mark.ts";

/** What a complete listing says of an attempt that nobody answered. */
export type Trace =
  | { readonly kind: "found"; readonly prediction: Prediction }
  | { readonly kind: "none" }
  /** Something is there, and it cannot be told whose it is. */
  | { readonly kind: "doubt"; readonly reason: string };

/**
 * Looks for the prediction of a run's last attempt in one complete listing.
 * @throws {RestageError} when the listing did not come whole.
 */
export async function findPrediction(context: ClientContext, run: RunRecord, attempt: Attempt, signal: AbortSignal): Promise<Trace> {
  const { runStore, http, list, settleMs, recent, clock } = context;
  const window = toAttemptWindow(context, attempt);
  const listed = await orAbort(list(window), signal);
  const flaw = await recent.findFlaw(listed, window, clock.now() - settleMs);
  if (flaw !== undefined) return { kind: "doubt", reason: flaw };
  const hasDrawnSeed = run.origins.seed === "drawn";
  let hasUnclear = false;
  // Oldest first: what was sent first was most likely created first.
  for (const prediction of listed.filter((each) => isWithin(window, each)).reverse()) {
    let likeness = await compare(prediction);
    // A model may go by another name by now; no other input has the seed that was drawn.
    const isSameModel = (prediction.model ?? attempt.modelId) === attempt.modelId || (hasDrawnSeed && likeness === "ours");
    if (likeness === "other" || !isSameModel || (await isSomebodyElses(prediction))) continue;
    if (likeness === "unclear") likeness = await compare(await getPrediction(http, prediction.id, signal));
    if (likeness === "ours") return { kind: "found", prediction };
    if (likeness === "unclear") hasUnclear = true;
  }
  return hasUnclear
    ? { kind: "doubt", reason: "there is a prediction whose input Replicate does not tell, or tells changed" }
    : { kind: "none" };

  async function compare({ input }: Prediction) {
    return compareMarks(attempt.mark, await toMark(input), hasDrawnSeed);
  }

  async function isSomebodyElses({ id }: Prediction): Promise<boolean> {
    const { runs } = await runStore.list({ predictionId: id, limit: 1 });
    // A store of a service's own may not know the filter.
    return runs.some((holder) => holder.id !== run.id && holder.attempts.some(({ predictionId }) => predictionId === id));
  }
}
