import { AdminRequestError } from "../admin-request-error.ts";
import { findRun } from "../find-run.ts";
import { defineRoute } from "../route.ts";

const timeoutMs = 30_000;

/** `GET runs/{run}/images/{index}`: a staged image, from memory, the sink, or Replicate while it still has it. */
export const getRunImage = defineRoute({
  method: "GET",
  path: "runs/{run}/images/{index}",
  permission: "read",
  async answer(context, { parts }) {
    const { client, tried } = context;
    const run = await findRun(context, parts);
    const index = /^\d{1,3}$/.test(parts.index ?? "") ? Number(parts.index) : Number.NaN;
    if (run.state !== "succeeded" || !(index < run.images.length)) {
      throw new AdminRequestError(404, "no_image", `The run has no such image: it is ${run.state} and has ${run.images.length}`);
    }
    if (client === undefined)
      throw new AdminRequestError(404, "not_configured", "Images are shown only where createAdminHandler is given a client");
    const { images } = await (tried.get(run.id) ?? client.wait(run.id, { timeoutMs }));
    const image = images[index];
    if (image === undefined) throw new AdminRequestError(404, "no_image", "The image is gone");
    // By its bytes one of four types, never one that a browser would run.
    return new Response(await image.bytes(), { headers: { "content-type": image.contentType, "content-disposition": "inline" } });
  },
});
