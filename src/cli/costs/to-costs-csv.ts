import type { MicroUsd } from "../../model/price.ts";
import type { SummaryKey, SummaryRow } from "../../runs/run-summary.ts";
import { toCsv } from "../config/to-csv.ts";

const fields = {
  model: "modelId",
  project: "projectId",
  variant: "variant",
  state: "state",
  day: "day",
  month: "month",
  group: "group",
} as const satisfies Record<SummaryKey, keyof SummaryRow>;

/** What a row is about: the value of one of the keys; `""` for runs that have none. */
export function toKeyCell(row: SummaryRow, key: SummaryKey): string {
  return row[fields[key]] ?? "";
}

const columns: Readonly<Record<string, (row: SummaryRow) => string | number | null>> = {
  runs: ({ runs }) => runs,
  images: ({ images }) => images,
  succeeded: ({ succeeded }) => succeeded,
  failed: ({ failed }) => failed,
  accepted: ({ accepted }) => accepted,
  cost_usd: ({ costMicroUsd }) => toDollars(costMicroUsd),
  estimated_usd: ({ estimatedMicroUsd }) => toDollars(estimatedMicroUsd),
  unknown_costs: ({ unknownCosts }) => unknownCosts,
  failure_rate: ({ failureRate }) => failureRate,
  p50_ms: ({ p50DurationMs }) => p50DurationMs,
  p95_ms: ({ p95DurationMs }) => p95DurationMs,
  cost_per_accepted_usd: ({ costPerAcceptedMicroUsd: cost }) => (cost === null ? null : toDollars(cost)),
};

/** Costs as CSV: the keys, then every figure; what is not known stays empty. */
export function toCostsCsv(by: readonly SummaryKey[], rows: readonly SummaryRow[]): string {
  const toCells = (row: SummaryRow) => [
    ...by.map((key) => toKeyCell(row, key)),
    ...Object.values(columns).map((toCell) => String(toCell(row) ?? "")),
  ];
  return toCsv([...by, ...Object.keys(columns)], rows.map(toCells));
}

// A spreadsheet takes no dollar signs. By digits: a division of billions would not be exact.
function toDollars(microUsd: MicroUsd): string {
  return String(microUsd)
    .padStart(7, "0")
    .replace(/\d{6}$/, ".$&");
}
