import { describe, expect, it } from "vitest";
import { z as z4 } from "zod";
import { z } from "zod/v3";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import type { Problem } from "../../src/errors/problem.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { fromZod3 } from "../../src/zod3/index.ts";

const LampConfig = fromZod3(
  z.object({
    watts: z.number().int().min(1).max(60).default(40).describe("Power"),
    colour: z.enum(["warm", "cold"]).default("warm"),
    tags: z.array(z.string().max(5)).max(2).default([]),
    seed: z.number().int().nullish(),
  }),
  { name: "LampConfig", titles: { watts: "Watts" } },
);
const InZod4 = defineConfig("LampConfig", () => ({
  watts: z4.int().min(1).max(60).default(40).describe("Power").meta({ title: "Watts" }),
  colour: z4.enum(["warm", "cold"]).default("warm"),
  tags: z4.array(z4.string().max(5)).max(2).default([]),
  seed: z4.int().nullish(),
}));

function errorOf(action: () => unknown): InvalidConfigError {
  try {
    action();
  } catch (error) {
    if (InvalidConfigError.is(error)) return error;
    throw error;
  }
  throw new Error("expected problems");
}
const fieldsOf = (action: () => unknown) => errorOf(action).problems.map(({ field }) => field);
// Of a list that is too long zod 3 reports the items, too.
const toNames = (problems: readonly Problem[]) => [...new Set(problems.map(({ field }) => field.replace(/\[\d+\]$/, "")))].sort();

describe("a config of a zod 3 schema", () => {
  it("has the defaults, and a name", () => {
    const config = LampConfig.defaults();
    expect(config.toMap()).toStrictEqual({ watts: 40, colour: "warm", tags: [] });
    expect([LampConfig.configName, config.configName, config.constructor.name]).toEqual(["LampConfig", "LampConfig", "LampConfig"]);
    expect(fromZod3(z.object({ watts: z.number().default(1) })).configName).toBe("Config");
  });

  it("is frozen, and gives others with other values", () => {
    const config = LampConfig.defaults().with({ watts: 7, seed: 5 });
    expect(Object.isFrozen(config)).toBe(true);
    expect({ ...config }).toStrictEqual({ watts: 7, colour: "warm", tags: [], seed: 5 });
    expect(config.with({ seed: null }).validate().toMap()).toStrictEqual({ watts: 7, colour: "warm", tags: [] });
    expect(fieldsOf(() => config.with({ watts: 0, seed: 0.5 }).validate())).toEqual(["watts", "seed"]);
    expect(fieldsOf(() => config.with({ volts: 1 } as object))).toEqual(["volts"]);
    expect(LampConfig.defaults().tags).not.toBe(LampConfig.defaults().tags);
  });

  it("reads JSON text and objects", () => {
    for (const json of ['{"seed": 5, "watts": 1}', { seed: 5, watts: 1 }, LampConfig.parse({ seed: 5, watts: 1 })])
      expect(JSON.stringify(LampConfig.parse(json))).toBe('{"watts":1,"colour":"warm","tags":[],"seed":5}');
    expect(LampConfig.parse({ watts: 1 }, { colour: "cold", watts: 2 }).toMap()).toMatchObject({ watts: 1, colour: "cold" });
  });
});

// Whatever is refused names the same places in zod 3 and 4.
describe("a bad value", () => {
  it.each<[string, unknown]>([
    ["no text", ""],
    ["broken text", '{"watts": 5'],
    ["null", null],
    ["undefined", undefined],
    ["a list", []],
    ["the text of a text", '"{}"'],
    ["a number", 5],
    ["a function", () => ({})],
    ["everything at once", { watts: 900, colour: "red", tags: ["a", "too long", 5], seed: 0.5, volts: 1, amps: 2 }],
    ["null for what must be set", { watts: null, colour: null, tags: null }],
    ["text for numbers", { watts: "5", seed: "5" }],
    ["__proto__", '{"__proto__": {"watts": 5}}'],
    ["constructor", '{"constructor": {"prototype": {"watts": 5}}}'],
    ["an inherited field", Object.create({ volts: 1 })],
    ["NaN", { watts: Number.NaN, seed: Number.NaN }],
    ["Infinity", '{"seed": 1e999}'],
    ["an integer that loses digits", '{"seed": 1152921504606846977, "colour": "red"}'],
  ])("is refused as in zod 4: %s", (_, json) => {
    const { message, problems, ...error } = errorOf(() => LampConfig.parse(json));
    expect(error).toMatchObject({ code: "invalid_config", configName: "LampConfig" });
    const inZod4 = errorOf(() => InZod4.parse(json)).problems;
    expect(toNames(problems)).toEqual(toNames(inZod4));
    expect(Object.prototype).not.toHaveProperty("watts");
  });

  it("is never repeated", () => {
    for (const value of ["SECRET", "SEC\n'RET'", { colour: "SECRET" }, { colour: "SEC\nRET's" }, { seed: "SECRET" }, { tags: ["SECRET"] }])
      expect(errorOf(() => LampConfig.parse(value)).message).not.toMatch(/SEC|RET/);
    expect(errorOf(() => LampConfig.parse({ colour: "red" })).message).toContain("'warm' | 'cold'");
  });

  it("names the known fields beside an unknown one, also where the schema would have dropped or kept it", () => {
    for (const schema of [z.object({ watts: z.number().default(1) }), z.object({ watts: z.number().default(1) }).passthrough()])
      expect(errorOf(() => fromZod3(schema).parse({ volts: 1 })).message).toContain("volts: Unknown field. Known fields: watts");
  });
});

describe("a field that may be left unset", () => {
  it.each([
    ["nullish", z.number().min(1).nullish()],
    ["optional", z.number().min(1).optional()],
    ["nullable", z.number().min(1).nullable()],
    ["optional, then nullable", z.number().min(1).optional().nullable()],
    [
      "optional with a rule",
      z
        .number()
        .min(1)
        .optional()
        .refine((value) => value !== 13),
    ],
  ])("may be absent, null or set: %s", (_, field) => {
    const Config = fromZod3(z.object({ size: field.describe("Size") }));
    const absent: readonly object[] = [{}, { size: null }, { size: undefined }];
    for (const json of absent) expect(Config.parse(json).toMap()).toStrictEqual({});
    expect(Config.parse({ size: 2 }).with({ size: null }).validate().toMap()).toStrictEqual({});
    expect(Config.parse({ size: 2 }).size).toBe(2);
    expect(fieldsOf(() => Config.parse({ size: 0 }))).toEqual(["size"]);
    expect(Config.fieldSchemas().size).toMatchObject({ type: ["number", "null"], description: "Size", default: null });
    expect(Config.schema().fields[0]).toMatchObject({ type: "float", default: null, required: false });
  });

  it("keeps its default where it has one", () => {
    const Config = fromZod3(
      z.object({ a: z.number().nullable().default(5), b: z.number().default(5).nullable(), c: z.number().nullable().default(null) }),
    );
    expect(Config.defaults().toMap()).toStrictEqual({ a: 5, b: 5 });
    expect(Config.parse({ a: null, b: null }).toMap()).toStrictEqual({});
  });

  it("is not made of one that lacks a default", () => {
    expect(fieldsOf(() => fromZod3(z.object({ watts: z.number(), seed: z.number().nullish() })).defaults())).toEqual(["watts"]);
  });
});

it("checks the rules of a field with the schema's own code and words", () => {
  const Config = fromZod3(
    z.object({
      watts: z
        .number()
        .refine((value) => value % 10 === 0, "must end in 0")
        .default(40),
    }),
  );
  expect(Config.parse({ watts: 50 }).watts).toBe(50);
  expect(errorOf(() => Config.parse({ watts: 55 })).problems).toEqual([{ field: "watts", message: "must end in 0" }]);
});

it("describes two fields of one type alike", () => {
  const side = z.number().int().min(1).default(5);
  const { width, height } = fromZod3(z.object({ width: side, height: side })).fieldSchemas();
  expect(width).toStrictEqual({ type: "integer", title: "Width", default: 5, minimum: 1 });
  expect(height).toStrictEqual({ ...width, title: "Height" });
});

it("takes a text of many digits", () => {
  expect(fromZod3(z.object({ words: z.array(z.string()).default([]) })).parse({ words: ["99999999999999999999"] }).words).toHaveLength(1);
});

it("leaves the schema as it was, and reads it at first use", () => {
  let asked = 0;
  const schema = z.object({ watts: z.number().default(() => ++asked), seed: z.number().optional() });
  const Config = fromZod3(schema);
  expect(asked).toBe(0);
  expect(Config.parse({ watts: 1, seed: null }).watts).toBe(1);
  expect(schema.safeParse({ seed: null }).success).toBe(false);
  expect(schema.parse({ watts: 1, volts: 1 })).toStrictEqual({ watts: 1 });
});
