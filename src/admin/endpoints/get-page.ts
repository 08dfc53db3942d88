import { AdminRequestError } from "../admin-request-error.ts";
import { readPageFile } from "../page/read-page-file.ts";
import { defineRoute } from "../route.ts";
import { pagePolicy } from "../security-headers.ts";

/** The page, which holds no data: what it shows it asks for. A person without a session gets what `authorize` answers, if it does. */
export const getPage = defineRoute({
  method: "GET",
  path: "",
  permission: null,
  async answer({ authorize, hasPage }, { request }) {
    if (!hasPage) throw new AdminRequestError(404, "not_found", "The page is switched off (page: false)");
    const found = await authorize(request, "read");
    if (found instanceof Response) return found;
    const file = await readPageFile("index.html");
    if (file === undefined) throw new AdminRequestError(404, "not_found", "The page is not built: npm run build");
    const headers = { "content-type": file.contentType, "content-security-policy": pagePolicy };
    return new Response(file.body.replaceAll("{{base}}", toBase(request.url)), { headers });
  },
});

// By the last segment only: what a proxy put in front of it is none of ours.
function toBase(url: string): string {
  const { pathname } = new URL(url);
  return pathname.endsWith("/") ? "./" : `${pathname.slice(pathname.lastIndexOf("/") + 1)}/`;
}
