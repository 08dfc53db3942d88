import { expect, it } from "vitest";
import { z } from "zod";
import { toFormFields } from "../../src/model/form.ts";

const fields = {
  word: z.enum(["a", "b"]).default("a").describe("A word"),
  count: z.int().min(1).max(6).default(4),
  weight: z.number().min(0).default(0.5),
  isOn: z.boolean().default(false),
  tags: z.array(z.string()).default([]),
  seed: z.int().nullish(),
  free: z.string().nullish(),
  either: z.union([z.string(), z.boolean()]).nullish(),
};

it("gives each field of the table in the shape of the Go service's admin panel", () => {
  const defaults = { word: "a", count: 4, weight: 0.5, isOn: false, tags: [] };
  expect(toFormFields(fields, defaults)).toStrictEqual([
    { name: "word", type: "string", default: "a", description: "A word", options: ["a", "b"], required: true },
    { name: "count", type: "int", default: 4, description: "", min: 1, max: 6, required: true },
    { name: "weight", type: "float", default: 0.5, description: "", min: 0, required: true },
    { name: "isOn", type: "bool", default: false, description: "", required: true },
    { name: "tags", type: "array", default: [], description: "", required: true },
    { name: "seed", type: "int", default: null, description: "", required: false },
    { name: "free", type: "string", default: null, description: "", required: false },
    { name: "either", type: "string", default: null, description: "", required: false },
  ]);
});

it("starts from the given values, not from those of the table", () => {
  expect(toFormFields({ count: fields.count }, { count: 6 })[0]).toMatchObject({ default: 6 });
  expect(toFormFields({ isOn: fields.isOn }, { isOn: true })[0]).toMatchObject({ default: true });
});

it("narrows each field by what it is told", () => {
  const [narrowed] = toFormFields({ count: fields.count }, { count: 4 }, (name, schema) => ({ ...schema, maximum: 5, description: name }));
  expect(narrowed).toEqual({ name: "count", type: "int", default: 4, description: "count", min: 1, max: 5, required: true });
});
