import { expect, it } from "vitest";
import type { FieldJsonSchema } from "../../src/model/json-schema.ts";
import { narrowToPublished } from "../../src/model/narrow-to-published.ts";
import type { PublishedField } from "../../src/model/published-input.ts";

it.each<[string, FieldJsonSchema, PublishedField, Partial<FieldJsonSchema>]>([
  ["a list loses what is refused", { type: "string", enum: ["webp", "png"] }, { type: "string", enum: ["jpg", "png"] }, { enum: ["png"] }],
  [
    "a list that may be unset stays so",
    { type: ["string", "null"], enum: ["webp", "png", null] },
    { type: "string", enum: ["jpg", "png"] },
    { enum: ["png", null] },
  ],
  [
    "an own and a published list that may be unset",
    { type: ["string", "null"], enum: ["webp", "png", null] },
    { type: "string", enum: ["jpg", "png"], nullable: true },
    { enum: ["png", null] },
  ],
  [
    "a published list loses what the class refuses",
    { type: "integer", minimum: 1, maximum: 9 },
    { type: "integer", enum: [2, 16] },
    { enum: [2] },
  ],
  ["a list without a published one stays", { type: "string", enum: ["a", "b"] }, { type: "string" }, { enum: ["a", "b"] }],
  ["free text becomes the published list", { type: "string" }, { type: "string", enum: ["a", "b"] }, { enum: ["a", "b"] }],
  ["free text that may be unset, too", { type: ["string", "null"] }, { type: "string", enum: ["a"] }, { enum: ["a", null] }],
  [
    "a list of numbers loses what is out of range",
    { type: "integer", enum: [1, 5] },
    { type: "integer", maximum: 4 },
    { enum: [1], maximum: 4 },
  ],
  [
    "the wider published range has no effect",
    { type: "integer", minimum: 1, maximum: 6 },
    { type: "integer", minimum: 0, maximum: 7 },
    { minimum: 1, maximum: 6 },
  ],
  [
    "the tighter published range wins",
    { type: "number", minimum: 1, maximum: 20 },
    { type: "number", minimum: 2, maximum: 10 },
    { minimum: 2, maximum: 10 },
  ],
  ["a published range is added", { type: "integer" }, { type: "integer", minimum: 2, maximum: 3 }, { minimum: 2, maximum: 3 }],
  ["a field without any range keeps none", { type: "integer" }, { type: "integer" }, {}],
  ["a number that the model takes whole", { type: "number" }, { type: "integer" }, { type: "integer" }],
  ["a number that may be unset and is taken whole", { type: ["number", "null"] }, { type: "integer" }, { type: ["integer", "null"] }],
  [
    "what a list holds",
    { type: "array", items: { type: "string" } },
    { type: "array", items: { type: "string", enum: ["a"] } },
    { items: { type: "string", enum: ["a"] } },
  ],
  [
    "fractional bounds and steps of what is taken whole",
    { type: "number", minimum: 0.5, maximum: 9.5, multipleOf: 0.5 },
    { type: "integer" },
    { type: "integer", minimum: 1, maximum: 9, multipleOf: 1 },
  ],
  ["whole numbers where the model takes all", { type: "integer" }, { type: "number", maximum: 4 }, { maximum: 4 }],
  ["a list of which nothing is said", { type: "array", items: { type: "string" } }, { type: "array" }, {}],
])("%s", (_, schema, rule, expected) => {
  const before = JSON.stringify([schema, rule]);
  expect(narrowToPublished(schema, rule)).toStrictEqual({ ...schema, ...expected });
  expect(JSON.stringify([schema, rule])).toBe(before);
});

it.each<[string, FieldJsonSchema, PublishedField]>([
  ["no value in common", { type: "string", enum: ["a"] }, { type: "string", enum: ["b"] }],
  ["no value in common, but null", { type: ["string", "null"], enum: ["a", null] }, { type: "string", enum: ["b"] }],
  ["nothing whole", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 }, { type: "integer" }],
  ["an open range apart", { type: "number", exclusiveMinimum: 5 }, { type: "number", maximum: 4 }],
  ["ranges apart", { type: "integer", minimum: 5 }, { type: "integer", maximum: 4 }],
  ["another type", { type: "integer" }, { type: "string" }],
  ["another type, may be unset", { type: ["string", "null"] }, { type: "number" }],
  ["a list of others", { type: "array", items: { type: "integer" } }, { type: "array", items: { type: "boolean" } }],
])("leaves nothing of %s", (_, schema, rule) => expect(narrowToPublished(schema, rule)).toBeUndefined());
