import { describe, expect, it } from "vitest";
import { z as z4 } from "zod";
import * as mini from "zod/mini";
import { z } from "zod/v3";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { fromZod3 } from "../../src/zod3/index.ts";

function problemsOf(schema: unknown, titles?: object): InvalidConfigError["problems"] {
  try {
    fromZod3(schema as z.AnyZodObject, { name: "RoomConfig", titles: titles as Record<string, string> });
  } catch (error) {
    if (!InvalidConfigError.is(error)) throw error;
    expect(error.message).toContain("Invalid RoomConfig:\n- ");
    return error.problems;
  }
  return [];
}

const fields = { strength: z.number().default(1) };
const object = z.object(fields);

describe("what is no zod 3 object is refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["a zod 4 object", z4.object({ strength: z4.number().default(1) }), /zod 4.*defineConfig/],
    ["another zod 4 schema", z4.string(), /zod 4/],
    ["an object of zod 4 mini", mini.object({ strength: mini.number() }), /zod 4/],
    ["a class of defineConfig's shape", { fields: {}, parse() {}, defaults() {} }, /z\.object/],
    ["a JSON schema", { type: "object", properties: { strength: { type: "number" } } }, /z\.object/],
    ["a field table", fields, /z\.object/],
    ["an empty object", {}, /z\.object/],
    ["something with an odd _def", { _def: null }, /z\.object/],
    ["null", null, /z\.object/],
    ["undefined", undefined, /z\.object/],
    ["a text", "z.object", /z\.object/],
    ["a function", () => object, /z\.object/],
    ["a list", [object], /z\.object/],
    ["a zod 3 text", z.string(), /z\.object/],
    ["a zod 3 record", z.record(z.number()), /z\.object/],
    ["an optional object", object.optional(), /z\.object/],
    ["a lazy object", z.lazy(() => object), /z\.object/],
    ["an object with a transform", object.transform((value) => value), /transform around/],
    ["a preprocessed object", z.preprocess((value) => value, object), /transform around/],
    ["an object with a rule over several fields", object.refine(() => true), /rule/],
    ["a piped object", object.pipe(object), /z\.object/],
    ["an intersection", object.and(object), /z\.object/],
    ["an object that takes unknown fields", object.catchall(z.string()), /catchall/],
  ])("%s", (_, schema, message) => {
    expect(problemsOf(schema)).toEqual([{ field: "(value)", message: expect.stringMatching(message) }]);
  });
});

describe("a field that no form can show is refused by name", () => {
  type Tree = { readonly leaf?: Tree | undefined };
  const tree: z.ZodType<Tree> = z.object({ leaf: z.lazy(() => tree).optional() });

  it.each<[string, unknown, string]>([
    ["a transform", z.string().transform(Number).default("1"), "transform"],
    ["a transform within", z.array(z.string().transform(Number)).default([]), "transform"],
    ["a transform within a union", z.union([z.literal(1), z.string().transform(Number)]).nullish(), "transform"],
    ["a preprocessed value", z.preprocess(Number, z.number()), "preprocess"],
    ["a rule around a transform", z.string().transform(Number).refine(Boolean).nullish(), "transform"],
    ["a pipe", z.string().pipe(z.string()).nullish(), "ZodPipeline"],
    ["a swallowed mistake", z.number().catch(1), "ZodCatch"],
    ["a lazy type", z.lazy(() => z.string()), "ZodLazy"],
    ["a recursive type", tree, "ZodObject"],
    ["an object", object.nullish(), "ZodObject"],
    ["an optional date", z.date().optional(), "ZodDate"],
    ["a nullable bigint", z.bigint().nullable(), "ZodBigInt"],
    ["a bigint literal", z.literal(5n).nullish(), "ZodLiteral"],
    ["a function", z.function().optional(), "ZodFunction"],
    ["a promise", z.promise(z.string()).optional(), "ZodPromise"],
    ["a map", z.map(z.string(), z.string()).optional(), "ZodMap"],
    ["a set", z.set(z.string()).optional(), "ZodSet"],
    ["a record", z.record(z.string()).optional(), "ZodRecord"],
    ["a tuple", z.tuple([z.string()]).optional(), "ZodTuple"],
    ["an intersection", z.string().and(z.string()).optional(), "ZodIntersection"],
    ["anything", z.any(), "ZodAny"],
    ["an unknown value", z.unknown(), "ZodUnknown"],
    ["an instance", z.instanceof(URL).optional(), "ZodAny"],
    ["a custom type", z.custom<string>().optional(), "ZodAny"],
    ["never", z.never().optional(), "ZodNever"],
    ["NaN", z.nan().optional(), "ZodNaN"],
    ["undefined", z.undefined(), "ZodUndefined"],
    ["void", z.void(), "ZodVoid"],
    ["a symbol", z.symbol().optional(), "ZodSymbol"],
    ["a zod 4 type", z4.number().default(1), "no zod 3 type"],
    ["no type", 5, "no zod 3 type"],
    ["nothing", undefined, "no zod 3 type"],
    ["a type of an unknown kind", { _def: { typeName: "ZodNew" } }, "ZodNew"],
  ])("%s", (_, bad, kind) => {
    expect(problemsOf(z.object({ ...fields, bad: bad as z.ZodTypeAny }))).toEqual([
      { field: "bad", message: expect.stringMatching(`^has no form \\(${kind}\\); use `) },
    ]);
  });

  // zod describes these, but not as one field of a form: as for a zod 4 table, the class says so when it is described.
  it.each<[string, z.ZodTypeAny]>([
    ["a union of several types", z.union([z.string().min(1), z.number()]).default(1)],
    ["an enum of several types", z.nativeEnum({ A: "a", B: 2 }).default("a")],
    ["an enum of no values", z.nativeEnum({}).nullish()],
    ["a list of lists", z.array(z.array(z.string())).default([])],
    ["a list of what may be null", z.array(z.string().nullable()).default([])],
    ["a field without a default", z.string()],
  ])("%s, once it is described", (_, bad) => {
    const Config = fromZod3(z.object({ ...fields, bad }));
    expect(() => Config.fieldSchemas()).toThrow(expect.objectContaining({ problems: [{ field: "bad", message: expect.any(String) }] }));
  });

  it("all of them at once", () => {
    const schema = z.object({ ...fields, day: z.date(), walls: z.map(z.string(), z.string()) });
    expect(problemsOf(schema, { strength: "Strength", width: "Width" }).map(({ field }) => field)).toEqual([
      "day",
      "walls",
      "titles.width",
    ]);
  });
});

it("an object without fields is refused once it is described", () => {
  expect(() => fromZod3(z.object({})).fieldSchemas()).toThrow(InvalidConfigError);
});

it("titles of fields that there are not are refused", () => {
  expect(problemsOf(object, { stregth: "Strength" })).toEqual([
    { field: "titles.stregth", message: "Unknown field. Known fields: strength" },
  ]);
});
