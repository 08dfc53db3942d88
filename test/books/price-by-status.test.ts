import { describe, expect, it } from "vitest";
import type { Price } from "../../src/model/price.ts";
import type { Attempt } from "../../src/runs/run.ts";
import { sumCosts } from "../../src/runs/sum-costs.ts";
import { type PredictionEnding, toAttemptCost } from "../../src/runs/to-attempt-cost.ts";

const common = { asOf: "2026-11", source: "a test" };
const prices = {
  image: { ...common, per: "output_image", microUsd: 30_000 },
  second: { ...common, per: "second", microUsd: 1_000 },
  megapixel: { ...common, per: "megapixel", microUsd: 5_000 },
} satisfies Record<string, Price>;

// It may give three images of two megapixels, and usually takes eight seconds; two images came, after 2.5 seconds.
const estimated = { outputs: 3, seconds: 8, megapixels: 6 };
const ended: PredictionEnding = { status: "succeeded", hasStarted: true, outputs: 2, seconds: 2.5 };
const without = { ...ended, outputs: null };
const unmeasured = { ...without, seconds: null };
const unstarted = { ...unmeasured, hasStarted: false };

describe.each<[string, PredictionEnding, Record<keyof typeof prices | "unknown", number | null>]>([
  ["succeeded", ended, { image: 60_000, second: 2_500, megapixel: 30_000, unknown: null }],
  ["succeeded, its images gone", without, { image: 90_000, second: 2_500, megapixel: 30_000, unknown: null }],
  ["succeeded, its time not told", unmeasured, { image: 90_000, second: null, megapixel: 30_000, unknown: null }],
  ["aborted", { ...unstarted, status: "aborted" }, { image: 0, second: 0, megapixel: 0, unknown: null }],
  ["canceled before its start", { ...unstarted, status: "canceled" }, { image: null, second: null, megapixel: null, unknown: null }],
  ["canceled while it ran", { ...without, status: "canceled" }, { image: 90_000, second: 2_500, megapixel: 30_000, unknown: null }],
  ["failed", { ...without, status: "failed" }, { image: null, second: null, megapixel: null, unknown: null }],
])("a prediction that %s", (_, ending, costs) => {
  it.each(Object.entries(costs))("costs by the %s: %o", (kind, microUsd) => {
    const price = kind === "unknown" ? null : prices[kind as keyof typeof prices];
    expect(toAttemptCost(price, ending, estimated)).toMatchObject({ microUsd, basis: "table" });
  });
});

describe("a prediction that failed, by a price that", () => {
  const failed = { ...without, status: "failed" } as const;
  it.each([
    ["image", 90_000],
    ["second", 2_500],
    ["megapixel", 30_000],
  ] as const)("counts by the %s", (kind, charged) => {
    const toFailed = (policy: "free" | "charged") => toAttemptCost({ ...prices[kind], failed: policy }, failed, estimated);
    expect(toFailed("free")).toEqual({ microUsd: 0, basis: "table", priceVersion: "2026-11", outputs: 0 });
    expect(toFailed("charged")).toEqual({ microUsd: charged, basis: "table", priceVersion: "2026-11", outputs: 3 });
  });
});

it("where the largest output is not known, a cost by the megapixel is not known either, unless it is none", () => {
  const unknown = { ...estimated, megapixels: null };
  expect(toAttemptCost(prices.megapixel, ended, unknown).microUsd).toBeNull();
  expect(toAttemptCost(prices.megapixel, { ...unstarted, status: "aborted" }, unknown).microUsd).toBe(0);
});

describe("the cost of a run", () => {
  const attempt = (microUsd: number | null, basis: "table" | "invoice" = "table") =>
    ({ cost: { microUsd, basis, priceVersion: "2026-11", outputs: 1 } }) as Attempt;
  it.each([
    ["none", [], { microUsd: 0, basis: "table", priceVersion: null, outputs: 0 }],
    ["one that is not settled", [{ cost: null } as Attempt], { microUsd: 0, basis: "table", priceVersion: null, outputs: 0 }],
    ["two", [attempt(1), attempt(2)], { microUsd: 3, basis: "table", priceVersion: "2026-11", outputs: 2 }],
    ["one that nobody knows", [attempt(1), attempt(null)], { microUsd: null, basis: "table", priceVersion: "2026-11", outputs: 2 }],
    ["one invoiced of two", [attempt(1), attempt(2, "invoice")], { microUsd: 3, basis: "table", priceVersion: "2026-11", outputs: 2 }],
    [
      "both invoiced",
      [attempt(1, "invoice"), attempt(2, "invoice")],
      { microUsd: 3, basis: "invoice", priceVersion: "2026-11", outputs: 2 },
    ],
  ] as const)("of attempts: %s", (_, attempts, cost) => expect(sumCosts(attempts)).toEqual(cost));
});
