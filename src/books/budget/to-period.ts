import type { BudgetPeriod } from "./budget.ts";

/** One period of a budget. */
export interface PeriodBounds {
  /** As the budget store keeps it: `month/2026-11-01`, `total`. */
  readonly key: string;
  /** ISO 8601 in UTC; `null` where it never began. */
  readonly startsAt: string | null;
  /** When the next one begins, ISO 8601 in UTC; `null` where it never ends. */
  readonly resetsAt: string | null;
}

/** The period that a moment lies in, in milliseconds since 1970. */
export function toPeriod(period: BudgetPeriod, moment: number): PeriodBounds {
  if (period === "total") return { key: period, startsAt: null, resetsAt: null };
  const date = new Date(moment);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  const bounds = {
    day: [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)],
    week: [Date.UTC(year, month, monday), Date.UTC(year, month, monday + 7)],
    month: [Date.UTC(year, month), Date.UTC(year, month + 1)],
    year: [Date.UTC(year, 0), Date.UTC(year + 1, 0)],
  } as const;
  const [startsAt, resetsAt] = bounds[period].map((time) => new Date(time).toISOString()) as [string, string];
  return { key: `${period}/${startsAt.slice(0, 10)}`, startsAt, resetsAt };
}

/** The period of a key that `toPeriod` made. */
export function fromPeriodKey(key: string): PeriodBounds & { readonly period: BudgetPeriod } {
  const [period, day] = key.split("/") as [BudgetPeriod, string | undefined];
  return { period, ...toPeriod(period, day === undefined ? 0 : Date.parse(day)) };
}
