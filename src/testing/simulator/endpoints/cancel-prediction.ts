import type { Endpoint } from "../endpoint.ts";
import { toPredictionEnd } from "../prediction-state.ts";
import { answerPrediction, findPrediction } from "./answer-prediction.ts";

/** `POST /predictions/{id}/cancel`: without effect on a prediction that has ended. */
export const cancelPrediction: Endpoint = async (call, parts) => {
  const record = findPrediction(call, parts);
  await call.readBytes();
  const now = parts.clock.now();
  if (now < toPredictionEnd(record, parts.settings).at) {
    record.cancelAt ??= now;
    parts.webhooks.track(record);
    for (const wake of record.wakers) wake();
  }
  return answerPrediction(record, call, parts);
};
