import type { Call } from "../call.ts";
import { toPredictionJson } from "../prediction-json.ts";
import type { PredictionRecord } from "../prediction-record.ts";
import { toPredictionState } from "../prediction-state.ts";
import { refuse } from "../problem-response.ts";
import type { SimulatorParts } from "../simulator-parts.ts";

/** The answer that shows a prediction as it stands now. */
export function answerPrediction(record: PredictionRecord, call: Call, { settings, clock }: SimulatorParts, status = 200): Response {
  const state = toPredictionState(record, clock.now(), settings);
  return Response.json(toPredictionJson(record, state, settings.behaviour, call.site), { status });
}

/**
 * The prediction that the address names.
 * @throws {Refusal} 404 when there is none.
 */
export function findPrediction({ parameters: [id = ""] }: Call, { predictions }: SimulatorParts): PredictionRecord {
  const record = predictions.get(id);
  if (record === undefined) throw refuse(404, "The requested resource could not be found.");
  return record;
}
