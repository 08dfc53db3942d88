import { sha256 } from "../../basics/sha256.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { readPageFile } from "../page/read-page-file.ts";
import { defineRoute } from "../route.ts";

/** A script or style of the page, which holds no data. */
export const getPageFile = defineRoute({
  method: "GET",
  path: "assets/{file}",
  permission: null,
  async answer({ hasPage }, { request, parts: { file: name = "" } }) {
    const file = hasPage && name !== "index.html" ? await readPageFile(name) : undefined;
    if (file === undefined) throw new AdminRequestError(404, "not_found", "The page has no such file");
    const etag = `"${(await sha256(file.body)).slice(0, 32)}"`;
    const headers = { etag, "content-type": file.contentType, "cache-control": "no-cache" };
    const isKnown = request.headers.get("if-none-match") === etag;
    return isKnown ? new Response(null, { status: 304, headers }) : new Response(file.body, { headers });
  },
});
