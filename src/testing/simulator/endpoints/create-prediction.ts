import type { AnyModel } from "../../../model/model.ts";
import type { PublishedInput } from "../../../model/published-input.ts";
import { addPrediction } from "../add-prediction.ts";
import type { Call } from "../call.ts";
import { checkInput } from "../check-input.ts";
import type { Endpoint } from "../endpoint.ts";
import { toVersionId } from "../model-json.ts";
import { refuse, refuseFields } from "../problem-response.ts";
import { readCancelAfter, readPreferWait } from "../read-create-headers.ts";
import type { SimulatorParts } from "../simulator-parts.ts";
import { waitUntilDone } from "../wait-until-done.ts";
import { answerPrediction } from "./answer-prediction.ts";
import { type CreateBody, readCreateBody } from "./read-create-body.ts";

/** `POST /models/{owner}/{name}/predictions` */
export const createModelPrediction: Endpoint = async (call, parts) => {
  const body = readCreateBody(await call.readJson(), false);
  const model = parts.settings.models.get(call.parameters.join("/"));
  if (model === undefined) throw refuse(404, "The requested resource could not be found.");
  return create(call, parts, body, model, "hidden");
};

/** `POST /predictions`, where `version` is `owner/name`, `owner/name:64hex` or `64hex`. */
export const createPrediction: Endpoint = async (call, parts) => {
  const body = readCreateBody(await call.readJson(), true);
  const [, modelId, versionId] = /^(?:([^/:]+\/[^/:]+)(?::|$))?([0-9a-f]{64})?$/.exec(body.version ?? "") ?? [];
  const model = [...parts.settings.models.values()].find((known) => {
    return (modelId ?? known.id) === known.id && (versionId ?? toVersionId(known)) === toVersionId(known);
  });
  if (model === undefined || (modelId ?? versionId) === undefined) {
    const detail = "The specified version does not exist (or perhaps you don't have permission to use it?)";
    throw refuse(422, detail, { title: "Invalid version or not permitted" });
  }
  return create(call, parts, body, model, versionId ?? "hidden");
};

async function create(call: Call, parts: SimulatorParts, body: CreateBody, model: AnyModel, version: string): Promise<Response> {
  const { settings, clock, outcomes, account } = parts;
  const { input, webhook } = body;
  const cancelAfterMs = readCancelAfter(call.headers);
  const waitMs = readPreferWait(call.headers);
  const { invalid, ignored, pastDocumented } = checkInput(model.published as PublishedInput, input, settings.behaviour);
  call.record.ignoredInputs = ignored;
  if (invalid.length > 0) throw refuseFields(invalid);
  if ((account.remainingMicroUsd() ?? 1) <= 0) {
    throw refuse(402, "You have insufficient credit to run this model. Go to https://replicate.com/account/billing to purchase credit.");
  }
  const isModerated = pastDocumented !== undefined && settings.behaviour.documentedLimits === "moderate";
  const record = addPrediction(parts, {
    by: "client",
    source: "api",
    site: call.site,
    model,
    version,
    input,
    ignoredInputs: ignored,
    webhook,
    createdAt: clock.now(),
    cancelAfterMs: cancelAfterMs === null ? null : settings.scale(cancelAfterMs),
    outcome: { ...outcomes.take(model.id), ...(isModerated ? moderated : {}) },
  });
  const isDone = waitMs === null || (await waitUntilDone(record, settings.scale(waitMs), clock, settings));
  return answerPrediction(record, call, parts, isDone ? 201 : settings.behaviour.unfinishedWaitStatus);
}

const moderated = {
  status: "failed",
  error: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
} as const;
