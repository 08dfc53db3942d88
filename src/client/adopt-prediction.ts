import type { Prediction } from "../replicate/prediction.ts";
import type { RunRecord } from "../runs/run.ts";
import { isWithin, toAttemptWindow } from "./attempt-window.ts";
import type { ClientContext } from "./client-context.ts";
import { compareMarks } from "./compare-marks.ts";
import { isHeldByAnother, notePrediction } from "./note-prediction.ts";
import { toMark } from "./to-mark.ts";

/**
 * Gives a prediction that a webhook told of, and that no run has, to the run that sent it and waits for an answer, by its mark: of several,
 * to the one that was sent first. `undefined` where it fits none for certain.
 */
export async function adoptPrediction(context: ClientContext, prediction: Prediction): Promise<RunRecord | undefined> {
  const told = await toMark(prediction.input);
  const fitting = (await listUnanswered(context)).flatMap((run) => {
    const attempt = run.attempts.at(-1);
    if (attempt?.closedAt == null || attempt.predictionId !== null) return [];
    if (!isWithin(toAttemptWindow(context, attempt), prediction)) return [];
    const hasDrawnSeed = run.origins.seed === "drawn";
    // A model may go by another name by now; no other input has the seed that was drawn.
    const isSameModel = hasDrawnSeed || (prediction.model ?? attempt.modelId) === attempt.modelId;
    return isSameModel && compareMarks(attempt.mark, told, hasDrawnSeed) === "ours" ? [{ run, sentMs: Date.parse(attempt.sentAt) }] : [];
  });
  for (const { run } of fitting.sort((a, b) => a.sentMs - b.sentMs)) {
    const noted = await notePrediction(context, run.id, prediction, "webhook").catch((error) => {
      if (!isHeldByAnother(error)) throw error;
    });
    if (noted?.run.attempts.at(-1)?.predictionId !== prediction.id) continue;
    context.emit(noted.run, { type: "attempt.found", attempt: noted.run.attempts.length, predictionId: prediction.id });
    return noted.run;
  }
}

// Oldest first: those sent within the same second tell the same time.
async function listUnanswered({ runStore }: ClientContext): Promise<readonly RunRecord[]> {
  const found: RunRecord[] = [];
  for (let cursor: string | undefined, isLast = false; !isLast; isLast = cursor === undefined) {
    const page = await runStore.list({ states: ["creating", "unknown"], limit: 1_000, cursor });
    found.push(...page.runs);
    cursor = page.cursor;
  }
  return found.reverse();
}
