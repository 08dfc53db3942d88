import type { ReservationLine } from "../../books/budget/budget-store.ts";

/** A hard budget of 100 micro-dollars without alerts, and whatever is said otherwise. */
export function sampleLine(overrides: Partial<ReservationLine> = {}): ReservationLine {
  return { budgetId: "all", period: "total", limitMicroUsd: 100, isHard: true, alertPercents: [], ...overrides };
}
