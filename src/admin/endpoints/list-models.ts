import { defineRoute } from "../route.ts";
import { readStored } from "../views/read-stored.ts";
import { toModelsView } from "../views/to-models-view.ts";

/** `GET models`: all of them, and which one is active. */
export const listModels = defineRoute({
  method: "GET",
  path: "models",
  permission: "read",
  answer: async ({ settings }) => ({ body: toModelsView(await readStored(settings, undefined)) }),
});
