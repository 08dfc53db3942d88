import type { AnyModel } from "../../model/model.ts";
import type { PublishedInput } from "../../model/published-input.ts";
import type { Outcome } from "./outcome.ts";
import { toPhotoSources } from "./photo-source.ts";
import { planPrediction } from "./plan-prediction.ts";
import type { PredictionRecord } from "./prediction-record.ts";
import { toPredictionEnd, toPredictionState } from "./prediction-state.ts";
import type { SimulatorParts } from "./simulator-parts.ts";

/** What a prediction is made from. */
export type NewPrediction = Pick<PredictionRecord, "by" | "source" | "site" | "input" | "ignoredInputs" | "webhook" | "version"> & {
  readonly model: AnyModel;
  readonly createdAt: number;
  /** Scaled. */
  readonly cancelAfterMs: number | null;
  readonly outcome: Outcome;
};

/** Adds a prediction to the account, and plans its course and its webhooks. */
export function addPrediction(parts: SimulatorParts, fresh: NewPrediction): PredictionRecord {
  const { settings, files, predictions, webhooks } = parts;
  const { model, input, createdAt, cancelAfterMs, outcome, site, ...rest } = fresh;
  removeOldData(parts);
  const id = settings.seeded.id("prediction");
  const record: PredictionRecord = {
    ...rest,
    id,
    sequence: predictions.list().length,
    model,
    site,
    input,
    createdAt,
    plan: planPrediction(settings, model, input, createdAt, outcome, settings.seeded.share(`duration ${id}`)),
    deadlineAt: cancelAfterMs === null ? null : createdAt + cancelAfterMs,
    photos: toPhotoSources(model.published as PublishedInput, input, files, createdAt, site),
    end: null,
    cancelAt: null,
    wakers: new Set(),
    drawn: new Map(),
    seed: typeof input.seed === "number" ? input.seed : settings.seeded.integer(`seed ${id}`),
  };
  predictions.add(record);
  webhooks.track(record);
  return record;
}

// Uploads stay readable for as long as a picture may still be drawn from them, and no longer.
function removeOldData({ predictions, clock, settings }: SimulatorParts): void {
  for (const record of predictions.withData) {
    if (!toPredictionState(record, clock.now(), settings).isDataRemoved) return;
    record.end = toPredictionEnd(record, settings);
    record.photos = [];
    record.drawn.clear();
    predictions.withData.delete(record);
  }
}
