import { describe, expect, it } from "vitest";
import { findProblems, toField } from "../../../src/admin/page/find-problems.ts";
import type { FormSchema } from "../../../src/model/form-schema.ts";
import { registry } from "../../../src/models/registry.ts";

const schema: FormSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Stager",
  description: "",
  type: "object",
  additionalProperties: false,
  properties: {
    steps: { type: "integer", minimum: 10, maximum: 50 },
    warmth: { type: ["number", "null"], minimum: -1 },
    size: { type: "integer", maximum: 8, multipleOf: 2 },
    format: { type: "string", oneOf: [{ const: "png", title: "png" }] },
    caption: { type: "string", minLength: 1, maxLength: 5 },
    rooms: { type: "array", minItems: 1, maxItems: 2, items: { type: "integer", minimum: 3, maximum: 4 } },
  },
};

describe("what is wrong with a value", () => {
  it.each([
    [{ steps: 20, warmth: null, format: "png", rooms: [3] }, {}],
    [{ steps: 9 }, { steps: ["Enter a number from 10 to 50."] }],
    [{ steps: 1.5 }, { steps: ["Enter a whole number.", "Enter a number from 10 to 50."] }],
    [{ steps: null }, { steps: ["Enter a value."] }],
    [{ steps: "many" }, { steps: ["Enter a whole number."] }],
    [{ warmth: -2 }, { warmth: ["Enter at least -1."] }],
    [{ warmth: "hot" }, { warmth: ["Enter a number."] }],
    [{ size: 9 }, { size: ["Enter at most 8.", "Enter a multiple of 2."] }],
    [{ format: "bmp" }, { format: ["Choose one of the options."] }],
    [{ caption: "" }, { caption: ["Enter a value."] }],
    [{ caption: "too long" }, { caption: ["Enter at most 5 characters."] }],
    [{ rooms: [] }, { rooms: ["Add at least 1."] }],
    [{ rooms: [3, 4, 3] }, { rooms: ["At most 2 are possible."] }],
    [{ rooms: [null] }, { rooms: ["Enter a value."] }],
    [{ rooms: ["x"] }, { rooms: ["Enter a whole number."] }],
    [{ rooms: [9] }, { rooms: ["Enter a number from 3 to 4."] }],
  ])("%j", (values, problems) => {
    expect(findProblems(schema, values)).toEqual(problems);
  });

  it("is nothing with the defaults of every model", () => {
    for (const { id } of registry.list()) {
      const { jsonSchema, defaults } = registry.describe(id);
      expect(findProblems(jsonSchema, defaults), id).toEqual({});
    }
  });

  it("belongs to the outermost field", () => {
    expect(["seed", ".rooms.0", "furniture.add[2]", "sizes[1]"].map(toField)).toEqual(["seed", "rooms", "furniture", "sizes"]);
  });
});
