import { expect, it } from "vitest";
import { toCostsCsv } from "../../src/cli/costs/to-costs-csv.ts";
import { toSummaryRow } from "../../src/runs/to-summary-row.ts";

it.each([
  [0n, "0.000000"],
  [7n, "0.000007"],
  [1_000_000n, "1.000000"],
  // By division, it would end with 2.
  [9_007_199_254_740_991n, "9007199254.740991"],
])("%d micro-dollars are %s in a spreadsheet", (costMicroUsd, dollars) => {
  const counts = { runs: 1, images: 1, succeeded: 1, failed: 0, ended: 1, accepted: 0, unknownCosts: 0 };
  const row = toSummaryRow([], [], { ...counts, costMicroUsd, estimatedMicroUsd: 0n, p50DurationMs: null, p95DurationMs: null });
  expect(toCostsCsv([], [row]).split("\r\n")[1]).toBe(`1,1,1,0,0,${dollars},0.000000,0,0,,,`);
});
