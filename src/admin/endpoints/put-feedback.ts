import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { findRun } from "../find-run.ts";
import { defineRoute } from "../route.ts";
import { toRunView } from "../views/to-run-view.ts";

const body = once(() => z.strictObject({ accepted: z.boolean(), reason: z.string().max(1_000).nullable().default(null) }));

/** `PUT runs/{run}/feedback`: what a person made of a staging. */
export const putFeedback = defineRoute({
  method: "PUT",
  path: "runs/{run}/feedback",
  permission: "write",
  changes: "record",
  body,
  async answer(context, { parts, body: { accepted, reason }, expectedVersion }) {
    const { id, state } = await findRun(context, parts);
    if (state !== "succeeded") throw new AdminRequestError(409, "no_image", `A run that is ${state} has no image to judge`);
    const feedback = { accepted, reason, at: new Date(context.now()).toISOString() };
    const run = await context.runs.update(id, expectedVersion, { feedback });
    return { body: toRunView(run), version: run.version };
  },
});
