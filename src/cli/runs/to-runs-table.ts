import { formatUsd } from "../../model/price.ts";
import { openStates, type RunRecord } from "../../runs/run.ts";
import { formatCount } from "../format.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";
import { toWhen } from "../to-when.ts";
import type { OpenRuns } from "./find-open-runs.ts";
import { toShortId } from "./to-short-id.ts";

/** Runs as they were asked for. */
export interface ListedRuns {
  readonly runs: readonly RunRecord[];
  /** Whether there are older ones. */
  readonly hasMore: boolean;
  readonly open: OpenRuns;
  readonly place: string;
}

/** Runs as a table for people, with a line for what is left to do. */
export function toRunsTable({ runs, hasMore, open, place }: ListedRuns, style: Style): string {
  const { bold, dim, yellow } = style;
  const heading = `${bold("Runs")} ${dim(`· ${place}`)}`;
  const hasOwner = runs.some(({ projectId, group }) => projectId !== null || group !== null);
  const header = ["ID", "WHEN (UTC)", "MODEL", "STATE", "IMAGES", "COST", ...(hasOwner ? ["PROJECT / GROUP"] : [])];
  const rows = runs.map((run) => [
    toShortId(run.id),
    toWhen(run.createdAt).slice(0, 16),
    run.modelId.split("/").at(-1) ?? run.modelId,
    toStateCell(run, style),
    String(run.images.length),
    run.cost === null ? "–" : formatUsd(run.cost.microUsd),
    ...(hasOwner ? [[run.projectId ?? "–", run.group].filter((part) => part !== null).join(" / ")] : []),
  ]);
  const needs = toNeeds(open);
  return [
    heading,
    runs.length === 0 ? "No such run is kept." : toTable([header.map(dim), ...rows], [4, 5]),
    ...(hasMore ? [dim(`There are older ones: --limit shows more than ${runs.length}`)] : []),
    ...(needs.length === 0 ? [] : [needs.map(yellow).join("\n")]),
  ].join("\n\n");
}

/** What is left to do, a line for each kind. */
function toNeeds({ unknown, underWay, hasMore }: OpenRuns): readonly string[] {
  const [first] = unknown;
  const count = (runs: readonly RunRecord[]) =>
    `${hasMore ? "at least " : ""}${formatCount(runs.length, "run")} ${runs.length === 1 ? "is" : "are"}`;
  return [
    ...(first === undefined
      ? []
      : [`${count(unknown)} unknown, for you to conclude: restage runs show ${unknown.length === 1 ? toShortId(first.id) : "ID"}`]),
    ...(underWay.length === 0 ? [] : [`${count(underWay)} under way: restage runs resume takes up what no process holds`]),
  ];
}

function toStateCell({ state }: RunRecord, { green, red, yellow }: Style): string {
  if (state === "succeeded") return green(state);
  return openStates.includes(state) ? yellow(state) : red(state);
}
