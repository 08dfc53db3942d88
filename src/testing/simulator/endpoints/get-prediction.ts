import type { Endpoint } from "../endpoint.ts";
import { answerPrediction, findPrediction } from "./answer-prediction.ts";

/** `GET /predictions/{id}` */
export const getPrediction: Endpoint = (call, parts) => answerPrediction(findPrediction(call, parts), call, parts);
