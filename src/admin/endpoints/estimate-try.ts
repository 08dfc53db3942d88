import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { resolveSettings } from "../../settings/resolve-settings.ts";
import { fieldsSchema } from "../../settings/stored-values.ts";
import { defineRoute } from "../route.ts";
import { toEstimate } from "../views/to-estimate.ts";

const body = once(() =>
  z.strictObject({ modelId: z.string().max(200), config: fieldsSchema().default({}), projectId: z.string().optional() }),
);

/** `POST try/estimate`: what a staging with these settings, unsaved ones too, can cost at most, and what it would be warned of. */
export const estimateTry = defineRoute({
  method: "POST",
  path: "try/estimate",
  permission: "read",
  body,
  async answer({ settings }, { body: { modelId, config, projectId } }) {
    const snapshot = await settings.read({ projectId });
    const resolved = resolveSettings(snapshot, { modelId, config: config as never });
    return { body: { estimate: toEstimate(snapshot, resolved.model, resolved), warnings: resolved.warnings } };
  },
});
