import { isObject } from "../basics/is-object.ts";
import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { AnyModel } from "../model/model.ts";
import type { StageRequest } from "./stage-request.ts";

const toSchema = once(() => {
  const name = z.string().trim().min(1).max(255).optional();
  return z.object({
    group: name,
    groupSize: z.int().min(1).optional(),
    variant: name,
    idempotencyKey: name,
    modelId: name,
    config: z.custom(isObject, "must be an object").optional(),
    extraInput: z.record(z.string(), z.json()).optional(),
  });
});

/** The fields of a request that are the client's own; all others belong to the prompt, which refuses what it does not know. */
export const ownFields = [
  "image",
  "extraInput",
  "projectId",
  "group",
  "groupSize",
  "variant",
  "idempotencyKey",
  "modelId",
  "config",
] as const;

/**
 * Checks what a request says beside its prompt and its photo.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function checkRequest(request: StageRequest<AnyModel>): void {
  if (!isObject(request) || Object.keys(request).length === 0) {
    throw new InvalidRequestError([{ field: "(request)", message: "is empty; give an image and a room, or a prompt" }]);
  }
  parseWith(toSchema(), request);
}
