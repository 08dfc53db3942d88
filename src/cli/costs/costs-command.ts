import type { RunRecord } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { type SummaryKey, type SummaryOptions, type SummaryRow, summaryKeys } from "../../runs/run-summary.ts";
import { findModel } from "../find-model.ts";
import { UsageError } from "../usage-error.ts";
import { defineBooksCommand } from "./define-books-command.ts";
import { listSimulated } from "./list-simulated.ts";
import { periodOptions, readPeriod } from "./period-options.ts";
import { toCostsCsv } from "./to-costs-csv.ts";
import { toCostsTable } from "./to-costs-table.ts";

/** `restage costs`: what the runs cost. */
export const costsCommand = defineBooksCommand({
  name: "costs",
  summary: "Show what stagings cost, by model, project, day and more",
  args: [],
  options: {
    by: {
      type: "string",
      placeholder: "KEYS",
      description: `A row for each: ${summaryKeys.join(", ")}, or several with commas; default model`,
    },
    ...periodOptions,
    model: { type: "string", placeholder: "MODEL", description: "Only runs of this model" },
    project: { type: "string", placeholder: "PROJECT", description: "Only runs of this project" },
    csv: { type: "boolean", description: "Print CSV, for a spreadsheet" },
  },
  details: () =>
    "A cost is estimated by the price of its model until `restage costs reconcile --invoice` has told it. Days and months are those of UTC,\nby which a run was created.",
  examples: [
    ["restage costs --by model,day --since 7d", "Every model's days of the last week"],
    ["restage costs --by project --since 2026-10-01 --until 2026-11-01 --csv", "October by project, for a spreadsheet"],
  ],
  isWriting: false,
  plan({ options }) {
    const { by: asked = "model", csv, json: asJson, project, model } = options;
    const by = asked.split(",").map(readKey);
    if (new Set(by).size < by.length) throw new UsageError("--by names something twice");
    if (csv && asJson) throw new UsageError("--json and --csv exclude each other");
    const period = readPeriod(options);
    const filter: Omit<SummaryOptions, "by"> = { ...period, projectId: project, modelId: model && findModel(model).id };
    return async ({ runStore, place }) => {
      const rows = await readRows(runStore, { by, ...filter });
      const [total] = (await runStore.summarise({ by: [], ...filter })).rows as [SummaryRow];
      const isAmongThese = ({ createdAt, projectId, modelId }: RunRecord) =>
        createdAt >= period.since &&
        (period.until === undefined || createdAt < period.until) &&
        (filter.projectId ?? projectId) === projectId &&
        (filter.modelId ?? modelId) === modelId;
      const hasSimulated = (await listSimulated(runStore)).some(isAmongThese);
      return {
        json: { place, by, ...period, rows, total },
        text: (style) => (csv ? toCostsCsv(by, rows) : toCostsTable({ by, rows, total, place, hasSimulated, ...period }, style)),
      };
    };
  },
});

function readKey(text: string): SummaryKey {
  const key = summaryKeys.find((known) => known === text.trim());
  if (key === undefined) throw new UsageError(`--by takes ${summaryKeys.join(", ")}; not ${JSON.stringify(text)}`);
  return key;
}

async function readRows(runStore: RunStore, options: SummaryOptions): Promise<readonly SummaryRow[]> {
  const rows: SummaryRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await runStore.summarise({ ...options, cursor, limit: 1_000 });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}
