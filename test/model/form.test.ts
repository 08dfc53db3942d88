import { expect, it } from "vitest";
import { z } from "zod";
import { defineConfig } from "../../src/model/define-config.ts";
import { toFormFields } from "../../src/model/form.ts";

const Config = defineConfig("Config", () => ({
  word: z.enum(["a", "b"]).default("a").describe("A word"),
  count: z.int().min(1).max(6).default(4),
  weight: z.number().min(0).multipleOf(0.5).default(0.5),
  isOn: z.boolean().default(false),
  tags: z.array(z.string()).default([]),
  sizes: z
    .array(z.literal([1, 2]))
    .min(1)
    .max(2)
    .default([1]),
  steps: z.array(z.int().min(1).max(9)).nullish(),
  seed: z.int().nullish(),
  free: z.string().nullish(),
  either: z.enum(["a", "b"]).nullish(),
}));

it("gives each field of the table in the shape of the Go service's admin panel", () => {
  expect(Config.schema().fields).toStrictEqual([
    { name: "word", type: "string", default: "a", description: "A word", options: ["a", "b"], required: true },
    { name: "count", type: "int", default: 4, description: "", min: 1, max: 6, required: true },
    { name: "weight", type: "float", default: 0.5, description: "", min: 0, step: 0.5, required: true },
    { name: "isOn", type: "bool", default: false, description: "", required: true },
    { name: "tags", type: "array", default: [], description: "", items: { type: "string" }, required: true },
    {
      name: "sizes",
      type: "array",
      default: [1],
      description: "",
      items: { type: "int", options: [1, 2] },
      min_items: 1,
      max_items: 2,
      required: true,
    },
    { name: "steps", type: "array", default: null, description: "", items: { type: "int", min: 1, max: 9 }, required: false },
    { name: "seed", type: "int", default: null, description: "", required: false },
    { name: "free", type: "string", default: null, description: "", required: false },
    { name: "either", type: "string", default: null, description: "", options: ["a", "b"], required: false },
  ]);
});

it("says why a field has no effect", () => {
  const [field] = toFormFields({ count: { type: "integer", default: 4, noEffect: "Not sent" } });
  expect(field).toStrictEqual({ name: "count", type: "int", default: 4, description: "", required: true, no_effect: "Not sent" });
});
