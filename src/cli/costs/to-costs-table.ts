import { formatUsd, type MicroUsd } from "../../model/price.ts";
import type { SummaryKey, SummaryRow } from "../../runs/run-summary.ts";
import { formatCount, formatDuration } from "../format.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";
import { toKeyCell } from "./to-costs-csv.ts";

/** Costs as they were asked for. */
export interface Costs {
  readonly by: readonly SummaryKey[];
  readonly since: string;
  readonly until?: string | undefined;
  readonly rows: readonly SummaryRow[];
  /** All of them together. */
  readonly total: SummaryRow;
  readonly place: string;
  /** Whether runs of the simulator are among them. */
  readonly hasSimulated: boolean;
}

/** Costs as a table for people, with a line for all together. */
export function toCostsTable({ by, since, until, rows, total, place, hasSimulated }: Costs, { bold, dim, yellow }: Style): string {
  const heading = `${bold("Costs")} since ${since}${until === undefined ? "" : ` until ${until}`} ${dim(`· ${place}`)}`;
  if (rows.length === 0) return `${heading}\n\nNo run was made in this time.`;
  const header = [...by, "runs", "images", "failed", "cost", "", "p50", "p95", "accepted", "each"];
  const table = [
    header.map(dim),
    ...rows.map((row) => [...by.map((key) => toKeyCell(row, key) || "–"), ...toCells(row)]),
    ["all", ...by.slice(1).map(() => ""), ...toCells(total)].map((cell) => (cell === "" ? cell : bold(cell))),
  ];
  const figures = header.map((_, index) => index).filter((index) => index >= by.length && header[index] !== "");
  const notes = [
    hasSimulated && "Runs of --simulate are among these, though nobody pays for them: --by group tells them apart.",
    total.estimatedMicroUsd > 0 && "Estimated by the prices of the models; `restage costs reconcile --invoice` tells what was paid.",
    total.unknownCosts > 0 && `What ${formatCount(total.unknownCosts, "run")} cost is not known, or not yet: not in these sums.`,
  ];
  return [heading, "", toTable(table, figures), "", ...notes.filter((note) => note !== false).map((note) => yellow(note))]
    .join("\n")
    .trimEnd();
}

function toCells(row: SummaryRow): readonly string[] {
  const { runs, images, failureRate, costMicroUsd, p50DurationMs, p95DurationMs, accepted, costPerAcceptedMicroUsd } = row;
  return [
    String(runs),
    String(images),
    failureRate === null ? "–" : `${(failureRate * 100).toFixed(1)} %`,
    formatUsd(costMicroUsd),
    toBasis(row),
    toTime(p50DurationMs),
    toTime(p95DurationMs),
    String(accepted),
    toAmount(costPerAcceptedMicroUsd),
  ];
}

/** How sure a sum is. */
function toBasis({ costMicroUsd, estimatedMicroUsd, unknownCosts }: SummaryRow): string {
  const estimated =
    estimatedMicroUsd === 0 ? [] : [estimatedMicroUsd === costMicroUsd ? "estimated" : `${formatUsd(estimatedMicroUsd)} estimated`];
  return [...estimated, ...(unknownCosts === 0 ? [] : [`${unknownCosts} unknown`])].join(", ");
}

function toTime(milliseconds: number | null): string {
  return milliseconds === null ? "–" : formatDuration(milliseconds);
}

function toAmount(microUsd: MicroUsd | null): string {
  return microUsd === null ? "–" : formatUsd(microUsd);
}
