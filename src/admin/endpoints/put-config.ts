import { fieldsSchema } from "../../settings/stored-values.ts";
import { defineChange } from "../define-change.ts";

/** `PUT` all fields that a model's config is to have in this scope. */
export const putConfig = defineChange({
  fields: () => ({ values: fieldsSchema() }),
  act: ({ settings, modelId, body, write }) => settings.saveConfig(modelId, body.values as never, write),
});
