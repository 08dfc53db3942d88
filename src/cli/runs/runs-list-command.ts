import { finalStates, openStates, type RunState } from "../../runs/run.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { readPeriod } from "../costs/period-options.ts";
import { findModel } from "../find-model.ts";
import { UsageError } from "../usage-error.ts";
import { findOpenRuns } from "./find-open-runs.ts";
import { listRuns } from "./list-runs.ts";
import { readCount } from "./read-count.ts";
import { toRunsTable } from "./to-runs-table.ts";

const states: readonly RunState[] = [...openStates, ...finalStates];

/** `restage runs` and `restage runs list`: the newest runs. */
export const runsListCommand = defineBooksCommand({
  name: "runs list",
  summary: "Show the newest runs, and what is left to do",
  args: [],
  options: {
    state: { type: "string", placeholder: "STATE", multiple: true, description: "Only runs in this state (listed below)" },
    model: { type: "string", placeholder: "MODEL", description: "Only runs of this model" },
    project: { type: "string", placeholder: "PROJECT", description: "Only runs of this project" },
    group: { type: "string", placeholder: "GROUP", description: "Only runs of this group" },
    since: { type: "string", placeholder: "TIME", description: "Only runs made since then: 30d, 12h, or a day such as 2026-04-01" },
    limit: { type: "string", placeholder: "N", description: "At most so many runs, up to 999; default 20" },
  },
  details: () => `States\n  not over  ${openStates.join(", ")}\n  over      ${finalStates.join(", ")}`,
  examples: [
    ["restage runs", "The newest runs, and whether one needs somebody"],
    ["restage runs --state unknown", "Those of which nobody knows whether Replicate created something"],
    ["restage runs --project villa-12 --since 7d --limit 500 --json", "A project's week, for programs"],
  ],
  isWriting: false,
  plan({ options }) {
    const { project: projectId, group, model } = options;
    const wanted = options.state?.map(readState);
    const limit = readCount("--limit", options.limit ?? "20", 999);
    const since = options.since === undefined ? undefined : readPeriod({ since: options.since }).since;
    const filter = { projectId, group, modelId: model && findModel(model).id };
    return async ({ runStore, place }) => {
      const listed = await listRuns(runStore, { ...filter, states: wanted, since, limit });
      const open = await findOpenRuns(runStore, filter);
      const toIds = (runs: typeof open.unknown) => runs.map(({ id }) => id);
      return {
        json: { place, ...listed, open: { unknown: toIds(open.unknown), underWay: toIds(open.underWay), hasMore: open.hasMore } },
        text: (style) => toRunsTable({ ...listed, open, place }, style),
      };
    };
  },
});

function readState(text: string): RunState {
  const state = states.find((known) => known === text);
  if (state === undefined) throw new UsageError(`--state takes ${states.join(", ")}; not ${JSON.stringify(text)}`);
  return state;
}
