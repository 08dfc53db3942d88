import { finalStates, type RunState } from "../../runs/run.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { readNumber } from "../read-query.ts";
import { defineRoute } from "../route.ts";
import { toRunView } from "../views/to-run-view.ts";

const states: readonly string[] = ["preparing", "creating", "unknown", "running", ...finalStates];

/** `GET runs`: newest first, in pages. */
export const listRuns = defineRoute({
  method: "GET",
  path: "runs",
  permission: "read",
  query: ["state", "modelId", "projectId", "group", "variant", "cursor", "limit"],
  async answer({ runs }, { query }) {
    const text = (name: string) => query.get(name) ?? undefined;
    const page = await runs.list({
      states: readStates(query),
      modelId: text("modelId"),
      projectId: text("projectId"),
      group: text("group"),
      variant: text("variant"),
      cursor: text("cursor"),
      limit: readNumber(query, "limit"),
    });
    return { body: { ...page, runs: page.runs.map(toRunView) } };
  },
});

function readStates(query: URLSearchParams): readonly RunState[] | undefined {
  const asked = query.getAll("state");
  if (asked.every((state) => states.includes(state))) return asked.length === 0 ? undefined : (asked as RunState[]);
  const issue = { field: "state", message: `must be one of ${states.join(", ")}` };
  throw new AdminRequestError(400, "invalid_query", `state ${issue.message}`, { issues: [issue] });
}
