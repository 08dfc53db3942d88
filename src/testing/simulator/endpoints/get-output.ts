import type { PublishedInput } from "../../../model/published-input.ts";
import { drawOutput } from "../draw-output.ts";
import type { Endpoint } from "../endpoint.ts";
import { outputName, toOutputFormat } from "../output-name.ts";
import { toPredictionState } from "../prediction-state.ts";
import { refuse } from "../problem-response.ts";
import { findPrediction } from "./answer-prediction.ts";

const contentTypes = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" } as const;

/** The download of an output, from an hour after the end 404. Open to everybody who knows the address. */
export const getOutput: Endpoint = async (call, parts) => {
  const record = findPrediction(call, parts);
  const { outputs } = toPredictionState(record, parts.clock.now(), parts.settings);
  const name = call.parameters[1];
  const index = Array.from({ length: outputs }, (_, number) => outputName(record, number)).indexOf(name ?? "");
  if (index === -1) throw refuse(404, "The requested resource could not be found.");
  const bytes = await drawOutput(record, index, parts.settings);
  return new Response(Uint8Array.from(bytes), {
    headers: { "content-type": contentTypes[toOutputFormat(record.model.published as PublishedInput, record.input)] },
  });
};
