import { defineRoute } from "../route.ts";

/** `GET models/{model}/schema`: the form of a model's config. */
export const getSchema = defineRoute({
  method: "GET",
  path: "models/{model}/schema",
  permission: "read",
  answer: async ({ settings }, { parts }) => ({ body: settings.registry.describe(parts.model ?? "") }),
});
