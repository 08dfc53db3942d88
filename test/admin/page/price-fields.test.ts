import { describe, expect, it } from "vitest";
import { findPriceFieldProblems, parseDollars, toPrice, toPriceChanges, toPriceFields } from "../../../src/admin/page/price-fields.ts";

const price = { per: "output_image", microUsd: 25_000, asOf: "2026-11-20", source: "our contract" } as const;
const stored = (more: object = {}) => ({ modelId: "acme/room", price: { ...price, ...more } });

describe("dollars as people type them", () => {
  it.each([
    ["0.04", 40_000],
    [" $0.04 ", 40_000],
    ["US$ .04", 40_000],
    ["0.04 USD", 40_000],
    ["0,04", 40_000],
    ["0,025", 25_000],
    [",5", 500_000],
    ["3.", 3_000_000],
    ["1000", 1_000_000_000],
    ["1.100000", 1_100_000],
    // As numbers of floating point 1,004,999.9999999999 and 8,199,999.999999999.
    ["1.005", 1_005_000],
    ["8.2", 8_200_000],
    ["0.000001", 1],
    ["0", 0],
  ])("%j are %d micro-dollars", (text, microUsd) => {
    expect(parseDollars(text)).toBe(microUsd);
  });

  it.each(["", " ", ".", ",", "$", "1,000", "1,000.50", "1 000", "-1", "1e-2", "0x1", "0.0000001", "four", "NaN", "٣"])(
    "%j are none",
    (text) => {
      expect(parseDollars(text)).toBeUndefined();
    },
  );

  it("come back as they are stored, for every price that there may be", () => {
    for (let microUsd = 0; microUsd <= 1_000_000_000; microUsd = microUsd * 2 + 1_234_567) {
      expect(toPrice(toPriceFields({ ...price, microUsd }))).toEqual({ ...price, microUsd });
    }
  });
});

describe("the fields of a price", () => {
  it("leave out what is not known, and the space around what was typed", () => {
    const typed = { amount: "0.025", per: "output_image", failed: "", asOf: " 2026-11-20", source: "our contract " };
    expect(toPrice(typed)).toEqual(price);
    expect(toPrice({ ...typed, failed: "free" })).toEqual({ ...price, failed: "free" });
    expect(findPriceFieldProblems(typed)).toEqual({});
  });

  it("say what is wrong with each", () => {
    const problems = findPriceFieldProblems({ amount: "1000.01", per: "hour", failed: "maybe", asOf: "2026-02-30", source: " " });
    expect(Object.keys(problems).sort()).toEqual(["amount", "asOf", "failed", "per", "source"]);
    expect(problems.amount).toEqual(["Enter dollars with at most six decimals, such as 0.025. At most 1000."]);
  });
});

describe("what a version changed of a price", () => {
  it("is told field by field", () => {
    const change = { field: "(value)", before: stored(), after: stored({ microUsd: 30_000, failed: "free" }) };
    expect(toPriceChanges(change)).toEqual([
      { field: "amount", before: "0.025", after: "0.03" },
      { field: "failed", before: "", after: "free" },
    ]);
  });

  it("is every field of the first one, and of one that was taken away", () => {
    const { after, ...first } = toPriceChanges({ field: "(value)", after: stored() })[0] ?? {};
    expect([first, after]).toEqual([{ field: "amount" }, "0.025"]);
    expect(toPriceChanges({ field: "(value)", before: stored() })).toHaveLength(5);
  });

  it("stays as it is where it was no price", () => {
    const change = { field: "(value)", before: stored(), after: stored({ microUsd: 0.5 }) };
    expect(toPriceChanges(change)).toEqual([change]);
    expect(toPriceChanges({ field: "(value)", after: 5 })).toHaveLength(1);
  });
});
