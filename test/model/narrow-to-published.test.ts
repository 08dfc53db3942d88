import { expect, it } from "vitest";
import type { FieldJsonSchema } from "../../src/model/json-schema.ts";
import { narrowToPublished } from "../../src/model/narrow-to-published.ts";
import type { PublishedField } from "../../src/model/published-input.ts";

function narrow(schema: FieldJsonSchema, rule?: PublishedField): FieldJsonSchema {
  const inputs = rule === undefined ? {} : { field: rule };
  return narrowToPublished({ asOf: "2026-01-01", promptKey: "prompt", image: null, inputs, output: "one" })("field", schema);
}

it.each<[string, FieldJsonSchema, PublishedField | undefined, FieldJsonSchema]>([
  ["an unpublished field stays", { type: "integer", minimum: 1 }, undefined, { type: "integer", minimum: 1 }],
  ["a list loses what is refused", { enum: ["webp", "png"] }, { type: "string", enum: ["jpg", "png"] }, { enum: ["png"] }],
  ["a list without a published one stays", { enum: ["a", "b"] }, { type: "string" }, { enum: ["a", "b"] }],
  [
    "the wider published range has no effect",
    { minimum: 1, maximum: 6 },
    { type: "integer", minimum: 0, maximum: 7 },
    { minimum: 1, maximum: 6 },
  ],
  [
    "the tighter published range wins",
    { minimum: 1, maximum: 20 },
    { type: "number", minimum: 2, maximum: 10 },
    { minimum: 2, maximum: 10 },
  ],
  [
    "a published range is added",
    { type: "integer" },
    { type: "integer", minimum: 2, maximum: 3 },
    { type: "integer", minimum: 2, maximum: 3 },
  ],
  ["a field without any range keeps none", { type: "integer" }, { type: "integer" }, { type: "integer" }],
])("%s", (_, schema, rule, expected) => {
  const before = JSON.stringify([schema, rule]);
  expect(narrow(schema, rule)).toStrictEqual(expected);
  expect(JSON.stringify([schema, rule])).toBe(before);
});
