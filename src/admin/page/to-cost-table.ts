import type { SummaryRow } from "../../runs/run-summary.ts";

/** The costs of a model, one a day. */
export interface CostSeries {
  readonly label: string;
  readonly color: string;
  readonly microUsd: readonly number[];
}

/** What a model came to. */
export interface ModelCosts extends CostSeries {
  readonly runs: number;
  readonly images: number;
  readonly failed: number;
  readonly totalMicroUsd: number;
}

/** Costs by model and day, days without any included. */
export interface CostTable {
  /** Beginnings of days in UTC, in seconds. */
  readonly days: readonly number[];
  /** The dearest first. */
  readonly models: readonly ModelCosts[];
  readonly totalMicroUsd: number;
  readonly unknownCosts: number;
}

// Told apart in light and dark, and by most who see colours differently.
const colors = ["#2e7d6b", "#d08a3e", "#5b7fb8", "#a85d7a", "#8c8a4a", "#6f6aa8", "#7a7a7a"];

const dayMs = 86_400_000;

/** Sums up rows by model and day. */
export function toCostTable(rows: readonly SummaryRow[], dayCount: number, now: number): CostTable {
  const today = Math.floor(now / dayMs);
  const days = Array.from({ length: dayCount }, (_, index) => today - dayCount + 1 + index);
  const names = [...new Set(rows.map(({ modelId = "" }) => modelId))].sort();
  const sum = (of: readonly SummaryRow[], value: (row: SummaryRow) => number) => of.reduce((total, row) => total + value(row), 0);
  const models = names
    .map((label, index) => {
      const mine = rows.filter(({ modelId }) => modelId === label);
      return {
        label,
        // By name, so that a model keeps its colour when the costs change.
        color: colors[index % colors.length] as string,
        microUsd: days.map((day) =>
          sum(
            mine.filter((row) => Date.parse(row.day ?? "") / dayMs === day),
            (row) => row.costMicroUsd,
          ),
        ),
        runs: sum(mine, (row) => row.runs),
        images: sum(mine, (row) => row.images),
        failed: sum(mine, (row) => row.failed),
        totalMicroUsd: sum(mine, (row) => row.costMicroUsd),
      };
    })
    .sort((one, other) => other.totalMicroUsd - one.totalMicroUsd);
  return {
    days: days.map((day) => (day * dayMs) / 1000),
    models,
    totalMicroUsd: sum(rows, (row) => row.costMicroUsd),
    unknownCosts: sum(rows, (row) => row.unknownCosts),
  };
}
