import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z as z4 } from "zod";
import { z as z3 } from "zod/v3";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { defineModel } from "../../src/model/define-model.ts";
import type { AnyModel } from "../../src/model/model.ts";
import { createRegistry } from "../../src/model/registry.ts";
import { registry } from "../../src/models/registry.ts";
import { fromZod3 } from "../../src/zod3/index.ts";
import { builtInConfigs } from "./built-in-configs.ts";

const inZod3 = ({ config }: AnyModel) => builtInConfigs.find(({ configName }) => configName === config.configName);
const withConfig = (model: AnyModel, config: unknown): AnyModel => defineModel({ ...model, config: config as AnyModel["config"] });
const describeModel = (model: AnyModel) =>
  [false, true].map((extensionKeywords) => createRegistry([model]).describe(model.id, { extensionKeywords }));

describe("a built-in model whose config is written in zod 3", () => {
  it.each(registry.list().map((model) => [model.id, model] as const))("is described as in zod 4: %s", (_, model) => {
    expect(JSON.stringify(describeModel(withConfig(model, inZod3(model))))).toBe(JSON.stringify(describeModel(model)));
    expect(JSON.stringify(inZod3(model)?.schema())).toBe(JSON.stringify(model.config.schema()));
  });

  it.each(registry.list().map((model) => [model.id, model] as const))("takes and refuses the same values: %s", (_, model) => {
    const names = Object.keys(model.config.fields);
    const known = [...new Set(Object.values(model.config.fieldSchemas()).flatMap(({ enum: values = [] }) => values))];
    const value = fc.oneof(
      fc.constantFrom(...known),
      fc.integer({ min: -1, max: 120 }),
      fc.double(),
      fc.boolean(),
      fc.string(),
      fc.jsonValue(),
    );
    const values = fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, fc.string()), value, { maxKeys: 4 });
    fc.assert(
      fc.property(values, (json) => {
        expect(outcomeOf(inZod3(model), json)).toStrictEqual(outcomeOf(model.config, json));
      }),
    );
  });
});

/** The values of a config, or the fields that are wrong. */
function outcomeOf(config: unknown, json: unknown): object {
  try {
    return (config as AnyModel["config"]).parse(json).toMap();
  } catch (error) {
    if (!InvalidConfigError.is(error)) throw error;
    return new Set(error.problems.map(({ field }) => field));
  }
}

// Each written twice, as the same thing is written in zod 3 and 4. Descriptions and titles, too.
const ownFields: readonly (readonly [name: string, inZod3: z3.ZodTypeAny, inZod4: z4.ZodType])[] = [
  ["an integer", z3.number().int().default(3), z4.int().default(3)],
  ["an integer above and below", z3.number().int().positive().lt(9).default(3), z4.int().positive().lt(9).default(3)],
  ["a safe integer", z3.number().int().safe().nullish(), z4.int().nullish()],
  ["a number", z3.number().finite().default(0.5), z4.number().default(0.5)],
  ["a number above and below", z3.number().gt(0).lt(1).default(0.5), z4.number().gt(0).lt(1).default(0.5)],
  ["an integer of two lower bounds", z3.number().int().min(5).gt(1).default(6), z4.int().min(5).gt(1).default(6)],
  ["an integer of two upper bounds", z3.number().int().max(5).lt(10).default(5), z4.int().max(5).lt(10).default(5)],
  ["a number of two lower bounds", z3.number().min(5).gt(1).default(6), z4.number().min(5).gt(1).default(6)],
  [
    "a number of two other lower bounds",
    z3.number().min(1).gt(5).lt(8).max(9).default(6),
    z4.number().min(1).gt(5).lt(8).max(9).default(6),
  ],
  ["fractional bounds", z3.number().int().min(0.5).lt(4.5).default(1), z4.int().min(0.5).lt(4.5).default(1)],
  ["an address", z3.string().email().nullish(), z4.string().email().nullish()],
  ["a day", z3.string().date().nullish(), z4.string().date().nullish()],
  ["a time", z3.string().time().nullish(), z4.iso.time().nullish()],
  ["an id", z3.string().cuid().nullish(), z4.cuid().nullish()],
  ["a start", z3.string().startsWith("a").nullish(), z4.string().startsWith("a").nullish()],
  ["a pattern with flags", z3.string().regex(/^a/i).nullish(), z4.string().regex(/^a/i).nullish()],
  ["a number in steps", z3.number().min(-1).max(1).multipleOf(0.25).nullish(), z4.number().min(-1).max(1).multipleOf(0.25).nullish()],
  ["a boolean", z3.boolean().default(false), z4.boolean().default(false)],
  ["a boolean that may be unset", z3.boolean().nullish(), z4.boolean().nullish()],
  ["a text", z3.string().default(""), z4.string().default("")],
  ["a text of a length", z3.string().min(1).max(9).trim().nullish(), z4.string().min(1).max(9).trim().nullish()],
  ["a text by a pattern", z3.string().length(3).regex(/^a+$/).default("aaa"), z4.string().length(3).regex(/^a+$/).default("aaa")],
  ["an enum", z3.enum(["b", "a"]).default("a"), z4.enum(["b", "a"]).default("a")],
  ["an enum that may be unset", z3.enum(["b", "a_b"]).nullish(), z4.enum(["b", "a_b"]).nullish()],
  ["an enum that starts set and may be unset", z3.enum(["b", "a"]).nullable().default("b"), z4.enum(["b", "a"]).nullable().default("b")],
  ["a native enum", z3.nativeEnum({ A: "a", B: "b" }).default("a"), z4.enum({ A: "a", B: "b" }).default("a")],
  [
    "a native enum of numbers",
    z3.nativeEnum({ A: 1, B: 2, 1: "A", 2: "B" }).default(1),
    z4.enum({ A: 1, B: 2, 1: "A", 2: "B" }).default(1),
  ],
  ["a literal", z3.literal("a").default("a"), z4.literal("a").default("a")],
  ["a literal that may be unset", z3.literal(5).nullish(), z4.literal(5).nullish()],
  ["literals", z3.union([z3.literal("a"), z3.literal("b")]).default("b"), z4.literal(["a", "b"]).default("b")],
  ["literals one by one", z3.literal(1).or(z3.literal(2)).nullish(), z4.literal(1).or(z4.literal(2)).nullish()],
  ["literals or null", z3.union([z3.literal(1), z3.null()]).default(null), z4.union([z4.literal(1), z4.null()]).default(null)],
  [
    "enums",
    z3
      .enum(["a"])
      .or(z3.enum(["b"]))
      .default("a"),
    z4
      .enum(["a"])
      .or(z4.enum(["b"]))
      .default("a"),
  ],
  ["a list of texts", z3.array(z3.string().max(5)).max(3).default([]), z4.array(z4.string().max(5)).max(3).default([])],
  ["a list of numbers", z3.array(z3.number().min(0.5)).nonempty().default([1]), z4.array(z4.number().min(0.5)).nonempty().default([1])],
  ["a list of integers", z3.array(z3.number().int()).length(2).default([1, 2]), z4.array(z4.int()).length(2).default([1, 2])],
  ["a list of an enum", z3.array(z3.enum(["b", "a"])).nullish(), z4.array(z4.enum(["b", "a"])).nullish()],
  ["a branded number", z3.number().brand("x").nullish(), z4.number().brand("x").nullish()],
  ["a read-only list", z3.array(z3.string()).readonly().nullish(), z4.array(z4.string()).readonly().nullish()],
  ["a number with a rule", z3.number().refine(Boolean).nullish(), z4.number().refine(Boolean).nullish()],
];

describe("a field of one's own", () => {
  const lamp = { ...registry.get("qwen/qwen-image-edit"), id: "acme/lamp", settingsKey: "lamp" };
  const models = (first: z3.ZodTypeAny, second: z4.ZodType) =>
    [
      withConfig(lamp, fromZod3(z3.object({ field: first }), { titles: { field: "Title" } })),
      withConfig(
        lamp,
        defineConfig("Config", () => ({ field: second.meta({ ...second.meta(), title: "Title" }) })),
      ),
    ] as const;

  it.each(ownFields)("is described as in zod 4: %s", (_, first, second) => {
    for (const [inZod3, inZod4] of [models(first, second), models(first.describe("Description"), second.describe("Description"))]) {
      expect(JSON.stringify(describeModel(inZod3))).toBe(JSON.stringify(describeModel(inZod4)));
      expect(inZod3.config.schema()).toStrictEqual(inZod4.config.schema());
      expect(Object.keys(inZod3.config.fieldSchemas().field ?? {})).toEqual(Object.keys(inZod4.config.fieldSchemas().field ?? {}));
    }
  });

  it("is described by the words around it, else by those within", () => {
    const [both, bothInZod4] = models(
      z3.number().describe("Inner").nullish().describe("Outer"),
      z4.number().describe("Inner").nullish().describe("Outer"),
    );
    expect(both.config.fieldSchemas().field?.description).toBe("Outer");
    expect(describeModel(both)).toStrictEqual(describeModel(bothInZod4));
    const [inner, innerInZod4] = models(z3.number().min(1).describe("Inner").nullish(), z4.number().min(1).describe("Inner").nullish());
    expect(inner.config.fieldSchemas().field?.description).toBe("Inner");
    expect(describeModel(inner)).toStrictEqual(describeModel(innerInZod4));
  });
});
