import { expect, it } from "vitest";
import { formatUsd, type Price, toCost } from "../../src/model/price.ts";

const price: Price = { per: "output_image", microUsd: 30_000, asOf: "2026-11", source: "a test" };

it.each([
  [price, 1, { microUsd: 30_000, basis: "table", priceVersion: "2026-11", outputs: 1 }],
  [price, 15, { microUsd: 450_000, basis: "table", priceVersion: "2026-11", outputs: 15 }],
  [price, 0, { microUsd: 0, basis: "table", priceVersion: "2026-11", outputs: 0 }],
  [undefined, 3, { microUsd: null, basis: "table", priceVersion: null, outputs: 3 }],
] as const)("costs %o × %i", (given, outputs, cost) => expect(toCost(given, outputs)).toStrictEqual(cost));

it.each([
  [null, "unknown"],
  [0, "$0.00"],
  [1, "$0.000001"],
  [10, "$0.00001"],
  [12_500, "$0.0125"],
  [30_000, "$0.03"],
  [100_000, "$0.10"],
  [1_000_000, "$1.00"],
  [1_234_567, "$1.234567"],
  [10_000_000, "$10.00"],
  [1_050_000_000, "$1050.00"],
])("writes %s micro-dollars as %s", (microUsd, text) => expect(formatUsd(microUsd)).toBe(text));
