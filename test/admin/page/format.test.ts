import { describe, expect, it } from "vitest";
import { estimateText, priceText, sentence, timeAgo, valueText } from "../../../src/admin/page/format.ts";
import { toCostTable } from "../../../src/admin/page/to-cost-table.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

describe("words for people", () => {
  it.each([
    ["2026-11-20T12:00:30Z", "just now"],
    ["2026-11-20T11:59:20Z", "just now"],
    ["2026-11-20T11:59:00Z", "1 minute ago"],
    ["2026-11-20T11:57:10Z", "3 minutes ago"],
    ["2026-11-20T09:00:00Z", "3 hours ago"],
    ["2026-11-19T11:00:00Z", "yesterday"],
    ["2026-11-10T12:00:00Z", "10 days ago"],
    ["2026-10-20T12:00:00Z", "4 weeks ago"],
    ["2026-05-20T12:00:00Z", "6 months ago"],
    ["2020-11-20T12:00:00Z", "6 years ago"],
    ["no time", "no time"],
  ])("%s was %s", (iso, words) => {
    expect(timeAgo(iso, now)).toBe(words);
  });

  it("say values as the form does", () => {
    const oneOf = [{ const: "match_input_image", title: "Match input image" }];
    const texts = [null, undefined, true, false, 0, "", "x", [], ["oak", 1], { a: 1 }].map((value) => valueText(value));
    expect(texts).toEqual(["not set", "not set", "on", "off", "0", "empty", "x", "none", "oak, 1", '{"a":1}']);
    expect(valueText("match_input_image", { oneOf })).toBe("Match input image");
  });

  it("say prices and sentences", () => {
    expect(priceText({ per: "second", microUsd: 975, asOf: "2026-11", source: "" })).toBe("$0.000975 a second");
    expect(priceText(null)).toBe("Unknown");
    expect(estimateText({ microUsd: 120_000, outputs: 4 })).toBe("about $0.12 for up to 4 images");
    expect(estimateText({ microUsd: null, outputs: 1 })).toBe("an unknown amount");
    expect(sentence("takes no photo; was retired. ")).toBe("Takes no photo; was retired.");
  });
});

describe("the table of costs", () => {
  it("has every day, the dearest model first, and sums that fit", () => {
    const row = (modelId: string, day: string, costMicroUsd: number) =>
      ({ modelId, day, costMicroUsd, runs: 1, images: 1, failed: 0, unknownCosts: 1 }) as never;
    const table = toCostTable([row("a/cheap", "2026-11-20", 1), row("b/dear", "2026-11-18", 5), row("b/dear", "2026-11-20", 6)], 3, now);
    expect(table.days.map((day) => new Date(day * 1000).toISOString().slice(0, 10))).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
    expect(table.models.map(({ label, microUsd, totalMicroUsd, runs }) => ({ label, microUsd, totalMicroUsd, runs }))).toEqual([
      { label: "b/dear", microUsd: [5, 0, 6], totalMicroUsd: 11, runs: 2 },
      { label: "a/cheap", microUsd: [0, 0, 1], totalMicroUsd: 1, runs: 1 },
    ]);
    expect(table).toMatchObject({ totalMicroUsd: 12, unknownCosts: 3 });
  });
});
