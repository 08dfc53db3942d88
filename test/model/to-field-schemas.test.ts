import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { defineConfig } from "../../src/model/define-config.ts";

const schemasOf = (fields: Record<string, z.ZodType>) => defineConfig("Lamp", () => fields).fieldSchemas();
const schemaOf = (field: z.ZodType) => schemasOf({ field }).field;

function problemsOf(fields: Record<string, z.ZodType>): readonly string[] {
  try {
    schemasOf(fields);
  } catch (error) {
    if (!InvalidConfigError.is(error)) throw error;
    expect(error.configName).toBe("Lamp");
    return error.problems.map(({ field, message }) => `${field} ${message}`);
  }
  throw new Error("expected problems");
}

describe("the schemas of a config", () => {
  it("stand in the order of the table, each with a title", () => {
    const schemas = schemasOf({
      zebra_size: z.string().default("z"),
      ant: z.int().nullish(),
      bee: z.boolean().default(false).meta({ title: "Bees" }),
    });
    expect(Object.entries(schemas).map(([name, { title }]) => [name, title])).toEqual([
      ["zebra_size", "Zebra size"],
      ["ant", "Ant"],
      ["bee", "Bees"],
    ]);
  });

  it.each<[string, z.ZodType, object]>([
    ["an integer, without zod's 53-bit bounds", z.int().default(3), { type: "integer", default: 3 }],
    ["an integer with bounds", z.int().min(1).max(6).default(4), { type: "integer", default: 4, minimum: 1, maximum: 6 }],
    ["an integer with one bound", z.int().min(0).default(0), { type: "integer", default: 0, minimum: 0 }],
    ["an integer between bounds", z.int().gt(0).lt(5).default(1), { type: "integer", default: 1, minimum: 1, maximum: 4 }],
    ["an integer between fractions", z.int().gt(0.5).lt(4.5).default(1), { type: "integer", default: 1, minimum: 1, maximum: 4 }],
    ["an integer with fractional bounds", z.int().min(0.5).max(5.5).default(1), { type: "integer", default: 1, minimum: 1, maximum: 5 }],
    ["an integer in steps smaller than one", z.int().multipleOf(0.5).default(1), { type: "integer", default: 1, multipleOf: 1 }],
    ["a number without end", z.number().min(-Infinity).max(Infinity).default(1), { type: "number", default: 1 }],
    [
      "one value twice",
      z.union([z.literal(["a", "a"]), z.enum(["a", "b"])]).default("a"),
      { type: "string", default: "a", enum: ["a", "b"] },
    ],
    [
      "a schema with an id",
      z.enum(["a"]).meta({ id: "to-field-schemas" }).nullish(),
      { type: ["string", "null"], default: null, enum: ["a", null] },
    ],
    [
      "text without a pattern that Unicode refuses",
      z
        .string()
        .regex(/^[\w-.]+$/)
        .default("a"),
      { type: "string", default: "a" },
    ],
    ["text without a pattern that has flags", z.string().regex(/^a/i).default("a"), { type: "string", default: "a" }],
    [
      "a Unicode pattern",
      z
        .string()
        .regex(/^\p{L}$/u)
        .default("a"),
      { type: "string", default: "a", pattern: "^\\p{L}$" },
    ],
    ["a number", z.number().min(0.5).max(1.5).default(1), { type: "number", default: 1, minimum: 0.5, maximum: 1.5 }],
    [
      "a number between bounds",
      z.number().gt(0).lt(1).default(0.5),
      { type: "number", default: 0.5, exclusiveMinimum: 0, exclusiveMaximum: 1 },
    ],
    ["steps", z.number().multipleOf(0.5).default(1), { type: "number", default: 1, multipleOf: 0.5 }],
    ["a boolean", z.boolean().default(true), { type: "boolean", default: true }],
    [
      "text",
      z.string().min(1).max(9).regex(/^a/).default("a"),
      { type: "string", default: "a", minLength: 1, maxLength: 9, pattern: "^a" },
    ],
    ["text without its format", z.iso.date().nullish(), { type: ["string", "null"], default: null }],
    ["a closed list", z.enum(["b", "a"]).default("a"), { type: "string", default: "a", enum: ["b", "a"] }],
    ["a closed list of numbers", z.literal([2, 4]).default(4), { type: "integer", default: 4, enum: [2, 4] }],
    ["one value", z.literal("a").default("a"), { type: "string", default: "a", enum: ["a"] }],
    [
      "a union of values",
      z.union([z.literal("a"), z.enum(["b", "c"])]).default("a"),
      { type: "string", default: "a", enum: ["a", "b", "c"] },
    ],
    ["a list", z.array(z.string()).default([]), { type: "array", default: [], items: { type: "string" } }],
    [
      "a list of closed values with bounds",
      z
        .array(z.enum(["a", "b"]))
        .min(1)
        .max(2)
        .default(["a"]),
      { type: "array", default: ["a"], items: { type: "string", enum: ["a", "b"] }, minItems: 1, maxItems: 2 },
    ],
    ["an integer that may be unset", z.int().nullish(), { type: ["integer", "null"], default: null }],
    ["a boolean that may be unset", z.boolean().nullish(), { type: ["boolean", "null"], default: null }],
    ["a closed list that may be unset", z.enum(["b", "a"]).nullish(), { type: ["string", "null"], default: null, enum: ["b", "a", null] }],
    ["a list that may be unset", z.array(z.int()).nullish(), { type: ["array", "null"], default: null, items: { type: "integer" } }],
    ["null among values", z.union([z.enum(["a"]), z.null()]).default(null), { type: ["string", "null"], default: null, enum: ["a", null] }],
    ["a start other than null", z.int().nullish().default(5), { type: ["integer", "null"], default: 5 }],
    [
      "a field with a rule of its own",
      z
        .int()
        .refine((value) => value !== 13)
        .default(1),
      { type: "integer", default: 1 },
    ],
  ])("write %s", (_, field, expected) => expect(schemaOf(field)).toStrictEqual({ title: "Field", ...expected }));

  it("take title and description from inside, and rather from outside", () => {
    const inner = z.string().meta({ title: "In", description: "Inner" });
    expect(schemaOf(inner.nullish())).toMatchObject({ title: "In", description: "Inner" });
    expect(schemaOf(inner.nullish().meta({ title: "Out", description: "Outer" }))).toMatchObject({ title: "Out", description: "Outer" });
  });

  it("have one order of keys and no keyword that forms do not know", () => {
    const field = z
      .int()
      .describe("Words")
      .max(9)
      .min(1)
      .multipleOf(2)
      .default(4)
      .meta({ title: "Title", deprecated: true, "x-own": 1, examples: [2] });
    expect(Object.keys(schemaOf(field) ?? {})).toEqual(["type", "title", "description", "default", "minimum", "maximum", "multipleOf"]);
  });

  it("are made anew each time", () => {
    const Lamp = defineConfig("Lamp", () => ({ tags: z.array(z.string()).default(["a"]) }));
    expect(Lamp.fieldSchemas().tags).toEqual(Lamp.fieldSchemas().tags);
    expect(Lamp.fieldSchemas().tags?.default).not.toBe(Lamp.fieldSchemas().tags?.default);
  });
});

describe("a field that no form can show", () => {
  const loop: z.ZodType = z.array(z.lazy(() => loop));
  class Own {}
  it.each<[string, z.ZodType]>([
    ["a transform", z.string().transform(Number)],
    ["a transform with a default", z.string().transform(Number).default(1)],
    ["a transform inside a list", z.array(z.string().transform(Number)).default([])],
    ["a transform that may be unset", z.string().transform(Number).nullish()],
    ["a preprocess", z.preprocess((value) => value, z.int()).default(1)],
    ["a pipe", z.string().pipe(z.string()).default("")],
    ["a codec", z.stringbool().default(true)],
    ["a value for whatever is wrong", z.int().catch(3)],
    ["a function", z.function().nullish()],
    ["a custom type", z.custom<string>(() => true).default("a")],
    ["an instance", z.instanceof(Own).nullish()],
    ["a file", z.file().nullish()],
    ["a date", z.date().nullish()],
    ["a bigint", z.bigint().nullish()],
    ["a symbol", z.symbol().nullish()],
    ["a map", z.map(z.string(), z.int()).nullish()],
    ["a set", z.set(z.string()).nullish()],
    ["recursion", loop.default([])],
    ["a lazy field", z.lazy(() => z.int()).default(1)],
    ["any JSON", z.json().default(1)],
    ["anything", z.any().default(1)],
    ["nothing", z.null().default(null)],
    ["an object", z.object({ a: z.int() }).nullish()],
    ["a record", z.record(z.string(), z.int()).default({})],
    ["a tuple", z.tuple([z.int(), z.int()]).default([1, 2])],
    ["a list of lists", z.array(z.array(z.int())).default([])],
    ["a list with gaps", z.array(z.int().nullable()).default([])],
    ["a union of types", z.union([z.int(), z.string()]).default("a")],
    ["a union of types that may be unset", z.union([z.boolean(), z.string()]).nullish()],
    ["values of several types", z.literal([1, "a"]).nullish()],
    ["a transform in a union", z.union([z.enum(["a"]), z.string().transform(Number)]).default("a")],
    ["anything in a union", z.union([z.any(), z.string()]).nullish()],
    ["a date in a union", z.union([z.date(), z.string()]).nullish()],
    ["a swallowed mistake in a union", z.union([z.string(), z.string().catch("b")]).default("a")],
    ["a value or a range", z.union([z.literal(0), z.number().min(5)]).default(0)],
    ["two ranges", z.union([z.int().max(1), z.int().min(5)]).default(1)],
    ["a promise", z.promise(z.int()).nullish()],
    ["a big value", z.literal([1n, 2n]).nullish()],
    ["a value that is no number", z.literal(NaN).nullish()],
    ["a default that is none", z.int().default(undefined as never)],
    [
      "a title that is no text",
      z
        .int()
        .default(1)
        .meta({ title: 5 as never }),
    ],
    [
      "a description that is no text",
      z
        .int()
        .default(1)
        .meta({ description: 5 as never }),
    ],
    ["an intersection", z.int().and(z.number()).default(1)],
  ])("is refused by its name: %s", (_, field) => {
    expect(problemsOf({ good: z.int().default(1), bad: field })).toEqual([
      "bad has no form; use text, numbers, booleans, closed lists, or lists of one of them, without transforms",
    ]);
  });

  it("is refused without a default", () => {
    expect(problemsOf({ a: z.int(), b: z.int().optional(), c: z.int().default(1) })).toEqual([
      "a needs a default, or .nullish()",
      "b needs a default, or .nullish()",
    ]);
  });

  it("is refused where its name cannot be addressed, or keeps no order", () => {
    const names = ["a.b", "a/b", "1", "", "a b", "é"];
    expect(
      problemsOf(Object.fromEntries(names.map((name) => [name, z.int().default(1)]))).filter((text) => text.includes("must be named")),
    ).toHaveLength(6);
  });
});

it("refuses what is no schema, naming it", () => {
  expect(problemsOf({ good: z.int().default(1), bad: 5 as never, worse: undefined as never })).toEqual(["bad, worse must be a schema"]);
});

it("makes titles of names", () => {
  const names = ["guidance_scale", "num_outputs", "image_URL", "go_fast"];
  const schemas = schemasOf(Object.fromEntries(names.map((name) => [name, z.int().default(1)])));
  expect(Object.values(schemas).map(({ title }) => title)).toEqual(["Guidance scale", "Number of outputs", "Image URL", "Go fast"]);
});

it("refuses two fields of one title, naming both", () => {
  expect(problemsOf({ go_fast: z.int().default(1), speed: z.int().default(1).meta({ title: "Go fast" }) })).toEqual([
    "speed has the title of go_fast; give one of them another",
  ]);
});

it("refuses a config without fields", () => {
  expect(problemsOf({})).toEqual(["fields are none; a config needs at least one"]);
});

it("reports every problem at once", () => {
  expect(problemsOf({ a: z.date().nullish(), b: z.int(), "c.d": z.int().default(1) })).toHaveLength(3);
});
