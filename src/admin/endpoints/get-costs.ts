import { type SummaryKey, summaryKeys } from "../../runs/run-summary.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { readNumber } from "../read-query.ts";
import { defineRoute } from "../route.ts";

/** `GET costs`: what runs came to, by model, project, day and the like. */
export const getCosts = defineRoute({
  method: "GET",
  path: "costs",
  permission: "read",
  query: ["by", "since", "until", "modelId", "projectId", "cursor", "limit"],
  async answer({ runs }, { query }) {
    const text = (name: string) => query.get(name) ?? undefined;
    const body = await runs.summarise({
      by: readKeys(query),
      since: text("since"),
      until: text("until"),
      modelId: text("modelId"),
      projectId: text("projectId"),
      cursor: text("cursor"),
      limit: readNumber(query, "limit"),
    });
    return { body };
  },
});

function readKeys(query: URLSearchParams): readonly SummaryKey[] {
  const keys = (query.get("by") ?? "").split(",").filter((key) => key !== "");
  if (keys.every((key) => (summaryKeys as readonly string[]).includes(key))) return keys as SummaryKey[];
  const issue = { field: "by", message: `must be a list of ${summaryKeys.join(", ")}, with commas between them` };
  throw new AdminRequestError(400, "invalid_query", `by ${issue.message}`, { issues: [issue] });
}
