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
 * Looks for the prediction of a run's last attempt in one complete listing. `hasSettled`: whatever was created is listed by now.
 * @throws {RestageError} when the listing did not come whole.
 */
export async function findPrediction(context: ClientContext, run: RunRecord, attempt: Attempt, hasSettled: boolean): Promise<Trace> {
  const { runStore, http, list, settleMs, recent, clock } = context;
  const window = { fromMs: Date.parse(attempt.sentAt) - marginMs, toMs: Date.parse(attempt.closedAt ?? "") + settleMs + marginMs };
  const listed = await list(window);
  const flaw = await recent.findFlaw(listed, window, clock.now() - settleMs);
  if (flaw !== undefined) return { kind: "doubt", reason: flaw };
  const isNear = ({ model, created_at }: Prediction) => {
    const createdMs = Date.parse(created_at ?? "");
    return (model ?? attempt.modelId) === attempt.modelId && !(createdMs < window.fromMs || createdMs > window.toMs);
  };
  const likely: Prediction[] = [];
  let unclear = 0;
  // Oldest first: what was sent first was most likely created first.
  for (const prediction of listed.filter(isNear).reverse()) {
    let likeness = await compare(prediction);
    if (likeness === "other" || (await isSomebodyElses(prediction))) continue;
    if (likeness === "unclear") likeness = await compare(await getPrediction(http, prediction.id));
    if (likeness === "ours") return { kind: "found", prediction };
    if (likeness === "likely") likely.push(prediction);
    if (likeness === "unclear") unclear += 1;
  }
  if (unclear > 0) return { kind: "doubt", reason: "Replicate does not tell the inputs of its predictions" };
  const [only, ...more] = likely;
  if (only === undefined) return { kind: "none" };
  const isAlone = hasSettled && more.length === 0 && !(await hasRival());
  return isAlone ? { kind: "found", prediction: only } : { kind: "doubt", reason: "several predictions or runs look alike" };

  async function compare({ input }: Prediction) {
    return compareMarks(attempt.mark, await toMark(input), run.origins.seed === "drawn");
  }

  async function isSomebodyElses({ id }: Prediction): Promise<boolean> {
    const { runs } = await runStore.list({ predictionId: id, limit: 1 });
    return runs.some((holder) => holder.id !== run.id);
  }

  // Another run that waits for its prediction, and would take the same one for its own.
  async function hasRival(): Promise<boolean> {
    for (let cursor: string | undefined; ; ) {
      const page = await runStore.list({ states: ["creating", "unknown"], modelId: run.modelId, cursor, limit: 1_000 });
      const isRival = ({ id, attempts }: RunRecord) =>
        id !== run.id && compareMarks(attempt.mark, attempts.at(-1)?.mark ?? {}, false) !== "other";
      if (page.runs.some(isRival)) return true;
      if (page.cursor === undefined) return false;
      cursor = page.cursor;
    }
  }
}
