import type { Prediction } from "../replicate/prediction.ts";
import { getPrediction } from "../replicate/predictions.ts";
import type { Attempt, RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { compareMarks } from "./compare-marks.ts";
import { toMark } from "./to-mark.ts";

/** What a complete listing says of an attempt that nobody answered. */
export type Trace =
  | { readonly kind: "found"; readonly prediction: Prediction }
  | { readonly kind: "none" }
  /** Something is there, and it cannot be told whose it is. */
  | { readonly kind: "doubt"; readonly reason: string };

// Replicate tells whole seconds, and its clocks may differ a little.
const marginMs = 5_000;

/**
 * Looks for the prediction of a run's last attempt in one complete listing.
 * @throws {RestageError} when the listing did not come whole.
 */
export async function findPrediction(context: ClientContext, run: RunRecord, attempt: Attempt): Promise<Trace> {
  const { runStore, http, list, settleMs, recent, clock } = context;
  // Later than noted, where the client's clock was put back before: then Replicate's last word is older than it seemed.
  const closedMs = Math.max(Date.parse(attempt.closedAt ?? ""), http.latestDate?.dateMs ?? 0);
  const window = { fromMs: Date.parse(attempt.sentAt) - marginMs, toMs: closedMs + settleMs + marginMs };
  const listed = await list(window);
  const flaw = await recent.findFlaw(listed, window, clock.now() - settleMs);
  if (flaw !== undefined) return { kind: "doubt", reason: flaw };
  const isNear = ({ model, created_at }: Prediction) => {
    const createdMs = Date.parse(created_at ?? "");
    return (model ?? attempt.modelId) === attempt.modelId && !(createdMs < window.fromMs || createdMs > window.toMs);
  };
  let hasUnclear = false;
  // Oldest first: what was sent first was most likely created first.
  for (const prediction of listed.filter(isNear).reverse()) {
    let likeness = await compare(prediction);
    if (likeness === "other" || (await isSomebodyElses(prediction))) continue;
    if (likeness === "unclear") likeness = await compare(await getPrediction(http, prediction.id));
    if (likeness === "ours") return { kind: "found", prediction };
    if (likeness === "unclear") hasUnclear = true;
  }
  return hasUnclear
    ? { kind: "doubt", reason: "there is a prediction whose input Replicate does not tell, or tells changed" }
    : { kind: "none" };

  async function compare({ input }: Prediction) {
    return compareMarks(attempt.mark, await toMark(input), run.origins.seed === "drawn");
  }

  async function isSomebodyElses({ id }: Prediction): Promise<boolean> {
    const { runs } = await runStore.list({ predictionId: id, limit: 1 });
    return runs.some((holder) => holder.id !== run.id);
  }
}
