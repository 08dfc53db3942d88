import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isNullable, toFieldSchemas } from "../../src/model/json-schema.ts";

const schemaOf = (field: z.ZodType) => toFieldSchemas({ field }).field;

describe("toFieldSchemas", () => {
  it("describes the fields in the order of the table", () => {
    const schemas = toFieldSchemas({ zebra: z.string().default("z"), ant: z.int().nullish(), bee: z.boolean().default(false) });
    expect(Object.keys(schemas)).toEqual(["zebra", "ant", "bee"]);
    expect(Object.values(schemas).map(isNullable)).toEqual([false, true, false]);
    expect(toFieldSchemas({})).toEqual({});
  });

  it.each<[string, z.ZodType, unknown]>([
    ["an integer without zod's 53-bit bounds", z.int().default(3), { type: "integer", default: 3 }],
    ["an integer with its own bounds", z.int().min(1).max(6).default(4), { type: "integer", default: 4, minimum: 1, maximum: 6 }],
    ["an integer with one bound", z.int().min(0).default(0), { type: "integer", default: 0, minimum: 0 }],
    ["a number", z.number().min(0.5).max(1.5).default(1), { type: "number", default: 1, minimum: 0.5, maximum: 1.5 }],
    ["a boolean", z.boolean().default(true), { type: "boolean", default: true }],
    ["a closed list", z.enum(["b", "a"]).default("a"), { type: "string", default: "a", enum: ["b", "a"] }],
    ["a list", z.array(z.string()).default([]), { type: "array", default: [], items: { type: "string" } }],
    ["a description", z.string().default("").describe("Words"), { type: "string", default: "", description: "Words" }],
    ["an integer that may be unset", z.int().nullish(), { type: ["integer", "null"] }],
    [
      "an integer with bounds that may be unset",
      z.int().min(1).max(9).nullish().describe("Nine"),
      { type: ["integer", "null"], minimum: 1, maximum: 9, description: "Nine" },
    ],
    ["a boolean that may be unset", z.boolean().nullish(), { type: ["boolean", "null"] }],
    ["a description inside", z.string().describe("Inner").nullish(), { type: ["string", "null"], description: "Inner" }],
    ["a description inside and outside", z.string().describe("Inner").nullish().describe("Outer"), { description: "Outer" }],
    ["a union of plain types", z.union([z.boolean(), z.string()]).default("a"), { type: ["boolean", "string"] }],
    [
      "a union of plain types that may be unset",
      z.union([z.boolean(), z.string()]).describe("Inner").nullish(),
      { type: ["boolean", "string", "null"], description: "Inner" },
    ],
    ["a closed list that may be unset", z.enum(["b", "a"]).nullish(), { enum: expect.arrayContaining(["b", "a"]) }],
  ])("writes %s", (_, field, expected) => expect(schemaOf(field)).toMatchObject(expected as object));

  it("never writes anyOf for a field that may be unset, nor a 53-bit bound", () => {
    for (const field of [z.int().nullish(), z.int().nullish().describe("x"), z.string().nullish(), z.enum(["a"]).nullish()]) {
      const text = JSON.stringify(schemaOf(field));
      expect(text).not.toContain("anyOf");
      expect(text).not.toContain(String(Number.MAX_SAFE_INTEGER));
    }
    expect(JSON.stringify(schemaOf(z.int().default(1)))).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  // A union of a service's own model: nothing is invented for it, and it stays a legal schema.
  it.each<[string, z.ZodType, boolean]>([
    ["a union", z.union([z.int(), z.string()]).default("a"), false],
    ["a union that may be unset", z.union([z.int(), z.string()]).nullish(), true],
    ["a list of mixed values that may be unset", z.literal([1, "a"]).nullish(), true],
  ])("leaves %s as zod writes it", (_, field, mayBeUnset) => {
    const schema = schemaOf(field);
    expect(schema).toHaveProperty("anyOf");
    expect(JSON.stringify(schema)).not.toContain("[null");
    expect(isNullable(schema ?? {})).toBe(mayBeUnset);
  });
});

it.each([
  [{ type: ["integer", "null"] }, true],
  [{ type: ["integer"] }, false],
  [{ type: "integer" }, false],
  [{}, false],
] as const)("%j may be unset: %s", (schema, expected) => expect(isNullable(schema)).toBe(expected));
