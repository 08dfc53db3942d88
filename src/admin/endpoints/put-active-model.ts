import { z } from "../../basics/z.ts";
import { UnknownModelError } from "../../errors/unknown-model-error.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { defineChange } from "../define-change.ts";

/** `PUT` the active model, once it can stage photos. */
export const putActiveModel = defineChange({
  fields: () => ({ modelId: z.string().max(200) }),
  check(registry, { modelId }) {
    if (registry.has(modelId)) return;
    const known = registry.list().map(({ id }) => id);
    const issue = { field: "modelId", message: `is not registered. Known models: ${known.join(", ")}` };
    throw new AdminRequestError(422, UnknownModelError.code, `The model ${issue.message}`, { issues: [issue] });
  },
  act: ({ settings, body, write }) => settings.setActive(body.modelId, write),
});
