import { findRun } from "../find-run.ts";
import { defineRoute } from "../route.ts";
import { toRunView } from "../views/to-run-view.ts";

/** `GET runs/{run}`: one run. */
export const getRun = defineRoute({
  method: "GET",
  path: "runs/{run}",
  permission: "read",
  async answer(context, { parts }) {
    const run = await findRun(context, parts);
    return { body: toRunView(run), version: run.version };
  },
});
