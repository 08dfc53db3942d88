import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BudgetPeriod } from "../../src/books/budget/budget.ts";
import { hasReached } from "../../src/books/budget/has-reached.ts";
import { fromPeriodKey, toPeriod } from "../../src/books/budget/to-period.ts";

describe("a period", () => {
  it.each([
    ["day", "2026-11-22T00:00:00.000Z", "day/2026-11-22", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    ["day", "2026-11-22T23:59:59.999Z", "day/2026-11-22", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    // A Sunday belongs to the week that began on the Monday before.
    ["week", "2026-11-22T23:59:59.999Z", "week/2026-11-16", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    ["week", "2026-11-23T00:00:00.000Z", "week/2026-11-23", "2026-11-23T00:00:00.000Z", "2026-11-30T00:00:00.000Z"],
    ["week", "2027-01-01T12:00:00.000Z", "week/2026-12-28", "2026-12-28T00:00:00.000Z", "2027-01-04T00:00:00.000Z"],
    ["month", "2028-02-29T12:00:00.000Z", "month/2028-02-01", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
    ["month", "2026-12-31T23:59:59.999Z", "month/2026-12-01", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["year", "2026-06-01T00:00:00.000Z", "year/2026-01-01", "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["total", "2026-06-01T00:00:00.000Z", "total", null, null],
  ] as const)("of a %s at %s is %s", (period, moment, key, startsAt, resetsAt) => {
    expect(toPeriod(period, Date.parse(moment))).toEqual({ key, startsAt, resetsAt });
  });

  it("holds its moment, and follows the one before without a gap", () => {
    const period = fc.constantFrom<BudgetPeriod>("day", "week", "month", "year");
    const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(period, moment, (kind, at) => {
        const bounds = toPeriod(kind, at);
        const [start, end] = [Date.parse(bounds.startsAt ?? ""), Date.parse(bounds.resetsAt ?? "")];
        expect(start <= at && at < end).toBe(true);
        expect(toPeriod(kind, end).startsAt).toBe(bounds.resetsAt);
        expect(toPeriod(kind, start - 1).resetsAt).toBe(bounds.startsAt);
        expect(fromPeriodKey(bounds.key)).toEqual({ period: kind, ...bounds });
      }),
    );
    expect(fromPeriodKey("total")).toEqual({ period: "total", key: "total", startsAt: null, resetsAt: null });
  });
});

it("tells exactly when a percent is reached, where a hundred times an amount is more than a number holds", () => {
  expect(hasReached(50, 999_999_999_999_999, 499_999_999_999_999)).toBe(false);
  expect(hasReached(50, 999_999_999_999_999, 500_000_000_000_000)).toBe(true);
  expect(hasReached(95, 3, 2)).toBe(false);
  expect(hasReached(95, 3, 3)).toBe(true);
});
