import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidModelError } from "../../src/errors/invalid-model-error.ts";
import { defineModel } from "../../src/model/define-model.ts";
import { formatUsd, type Price, toCost, type Usage } from "../../src/model/price.ts";
import { createRegistry } from "../../src/model/registry.ts";
import { toEstimatedUsage } from "../../src/model/to-estimated-usage.ts";
import { qwenImageEdit } from "../../src/models/qwen-image-edit.ts";

const price: Price = { per: "output_image", microUsd: 30_000, asOf: "2026-11", source: "a test" };
const perSecond: Price = { ...price, per: "second", microUsd: 1_400 };
const perMegapixel: Price = { ...price, per: "megapixel", microUsd: 3 };

it.each([
  [price, 1, { microUsd: 30_000, basis: "table", priceVersion: "2026-11", outputs: 1 }],
  [price, 15, { microUsd: 450_000, basis: "table", priceVersion: "2026-11", outputs: 15 }],
  [price, 0, { microUsd: 0, basis: "table", priceVersion: "2026-11", outputs: 0 }],
  [undefined, 3, { microUsd: null, basis: "table", priceVersion: null, outputs: 3 }],
  [null, 0, { microUsd: null, basis: "table", priceVersion: null, outputs: 0 }],
] as const)("costs %o × %i", (given, outputs, cost) => expect(toCost(given, { outputs })).toStrictEqual(cost));

it.each<[Price, Omit<Usage, "outputs">, number | null]>([
  [perSecond, { seconds: 2 }, 2_800],
  [perSecond, { seconds: 2.0001 }, 2_801],
  [perSecond, { seconds: 0 }, 0],
  [perSecond, { seconds: 1e-9 }, 1],
  [{ ...perSecond, microUsd: 100 }, { seconds: 0.07 }, 7],
  [{ ...perSecond, microUsd: 10 }, { seconds: 0.7 }, 7],
  [perSecond, {}, null],
  [perSecond, { seconds: null, megapixels: 4 }, null],
  [perSecond, { seconds: -1 }, null],
  [perSecond, { seconds: Number.NaN }, null],
  [perSecond, { seconds: Number.POSITIVE_INFINITY }, null],
  [perSecond, { seconds: 1e300 }, null],
  [{ ...perSecond, microUsd: 1_000_000_000 }, { seconds: 1e9 }, null],
  [perMegapixel, { megapixels: 4.194304 }, 13],
  [perMegapixel, { seconds: 4 }, null],
])("costs %o for %o: %o", (given, usage, microUsd) => {
  expect(toCost(given, { outputs: 1, ...usage })).toStrictEqual({ microUsd, basis: "table", priceVersion: "2026-11", outputs: 1 });
});

it("is exact: whole micro-dollars, rounded up once, and never less than the parts come to", () => {
  const microUsd = fc.oneof(
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.integer({ min: 0, max: 10_000 }).map((tens) => tens * 10),
  );
  // Many products are whole by themselves: there, floating point goes wrong.
  const thousandths = fc.oneof(
    fc.integer({ min: 0, max: 10_000_000 }),
    fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths * 100),
  );
  fc.assert(
    fc.property(microUsd, thousandths, (each, amount) => {
      const cost = toCost({ ...perSecond, microUsd: each }, { outputs: 1, seconds: amount / 1000 }).microUsd;
      expect(cost).toBe(Number((BigInt(each) * BigInt(amount) + 999n) / 1000n));
    }),
  );
});

describe("an estimate", () => {
  it("takes the most images and megapixels of an input, and the usual seconds", () => {
    const model = { ...qwenImageEdit, usualDurationMs: 8_500, maximumOutputs: () => 3 };
    expect(toEstimatedUsage(model, {})).toEqual({ outputs: 3, seconds: 8.5, megapixels: null });
    const drawn = { ...model, maximumMegapixels: ({ side }: Readonly<Record<string, unknown>>) => (Number(side) * Number(side)) / 1e6 };
    expect(toEstimatedUsage(drawn, { side: 2_000 })).toMatchObject({ megapixels: 4 });
  });
});

describe("a model's price", () => {
  it.each<[string, object]>([
    ["per", { per: "prediction" }],
    ["microUsd", { microUsd: -1 }],
    ["microUsd", { microUsd: 0.5 }],
    ["microUsd", { microUsd: "30000" }],
    ["microUsd", { microUsd: 1_000_000_001 }],
    ["microUsd", { microUsd: Number.NaN }],
    ["asOf", { asOf: undefined }],
    ["asOf", { asOf: "November 2026" }],
    ["asOf", { asOf: "2026-13" }],
    ["asOf", { asOf: "2026-02-30" }],
    ["source", { source: " " }],
    ["failed", { failed: "sometimes" }],
    ["faild", { faild: "free" }],
  ])("has a right %s: %o is refused where the model is registered", (field, wrong) => {
    const define = () => createRegistry([defineModel({ ...qwenImageEdit, price: { ...price, ...wrong } as never })]);
    expect(define).toThrow(InvalidModelError);
    expect(define).toThrow(`- price.${field}: `);
  });

  it("lists every problem at once", () => {
    const replace = (price: unknown) => createRegistry([qwenImageEdit]).replace(defineModel({ ...qwenImageEdit, price: price as never }));
    expect(() => replace({})).toThrow(/per: .*\n.*microUsd: .*\n.*asOf: .*\n.*source: /);
    expect(() => replace(30_000)).toThrow("price.(value): must be a price");
  });

  it.each([
    ["nothing", undefined],
    ["zero", { ...price, microUsd: 0 }],
    ["a price of a day, with a word on failures", { ...perSecond, asOf: "2024-02-29", failed: "charged" as const }],
  ])("may be %s", (_, given) => {
    const { price: __, ...unpriced } = qwenImageEdit;
    expect(defineModel({ ...unpriced, ...(given && { price: given }) }).price).toEqual(given);
  });
});

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
