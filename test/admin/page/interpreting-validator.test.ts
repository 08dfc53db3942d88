import type { RJSFSchema } from "@rjsf/utils";
import ajv from "@rjsf/validator-ajv8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpretingValidator } from "../../../src/admin/page/interpreting-validator.ts";
import { registry } from "../../../src/models/registry.ts";

const nested: RJSFSchema = {
  type: "object",
  required: ["room"],
  additionalProperties: false,
  properties: {
    room: { title: "Room", $ref: "#/definitions/room" },
    rooms: { title: "Rooms", type: "array", maxItems: 2, items: { $ref: "#/definitions/room" } },
    size: { title: "Size", anyOf: [{ type: "integer", minimum: 10 }, { const: "large" }] },
  },
  definitions: { room: { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 2 } } } },
};
const schemas: readonly RJSFSchema[] = [...registry.list().map(({ id }) => registry.describe(id).rjsf.schema), nested];

/** Values of the right names and of names nobody knows; legal, illegal, unset, absent. */
function valuesOf({ properties = {} }: RJSFSchema) {
  const legal = Object.values(properties).flatMap((property) => (property as RJSFSchema).oneOf ?? []);
  const options = legal.map((option) => (option as RJSFSchema).const);
  const value = fc.oneof(
    fc.constantFrom(undefined, null, true, "", "a", "large", 1, 50, 2.5, -3, 1e6, ...options),
    fc.constantFrom({}, { name: "a" }, { name: "attic" }, { name: 1 }, [], [{ name: "attic" }, { name: "" }], [{}, {}, 1]),
  );
  const known = fc.dictionary(fc.constantFrom(...Object.keys(properties)), value);
  return fc.tuple(known, fc.constantFrom({}, { unknown: 1 })).map(([values, unknown]) => ({ ...values, ...unknown }));
}

const fieldsIn = (errorSchema: object | undefined) => Object.keys(errorSchema ?? {}).sort();

describe("the interpreting validator", () => {
  it.each(schemas.map((schema) => [schema.title ?? "nested", schema] as const))("finds what Ajv finds: %s", (_, schema) => {
    fc.assert(
      fc.property(valuesOf(schema), (values) => {
        expect(interpretingValidator.isValid(schema, values, schema)).toBe(ajv.isValid(schema, values, schema));
        const { errorSchema } = interpretingValidator.validateFormData(values, schema);
        expect(fieldsIn(errorSchema)).toEqual(fieldsIn(ajv.validateFormData(values, schema).errorSchema));
      }),
    );
  });

  it("leaves the schema as it is, frozen or not", () => {
    const frozen = Object.freeze({ type: "object", properties: Object.freeze({ a: Object.freeze({ type: "integer" }) }) }) as RJSFSchema;
    expect(interpretingValidator.isValid(frozen, { a: 1 }, frozen)).toBe(true);
  });

  it("says where, with the title", () => {
    const values = { room: { name: "a" }, rooms: [{ name: "attic" }, {}], size: "small", x: 1 };
    const { errors, errorSchema } = interpretingValidator.validateFormData(values, nested);
    expect(errors.map(({ stack }) => stack)).toMatchInlineSnapshot(`
      [
        "'room.name' String is too short (1 < 2).",
        "'name' Instance does not have required property "name".",
        "'Size' Instance does not match any subschemas.",
        "Property "x" does not match additional properties schema.",
      ]
    `);
    expect(errorSchema).toMatchInlineSnapshot(`
      {
        "__errors": [
          "Property "x" does not match additional properties schema.",
        ],
        "room": {
          "name": {
            "__errors": [
              "String is too short (1 < 2).",
            ],
          },
        },
        "rooms": {
          "1": {
            "name": {
              "__errors": [
                "Instance does not have required property "name".",
              ],
            },
          },
        },
        "size": {
          "__errors": [
            "Instance does not match any subschemas.",
          ],
        },
      }
    `);
  });

  it("reads a part of a schema by the definitions of the whole", () => {
    const part: RJSFSchema = { $ref: "#/definitions/room" };
    expect(interpretingValidator.isValid(part, { name: "attic" }, nested)).toBe(true);
    expect(interpretingValidator.isValid(part, { name: "" }, nested)).toBe(false);
    expect(interpretingValidator.isValid({ type: "null" }, undefined, nested)).toBe(false);
    expect(interpretingValidator.isValid({ $ref: "#/definitions/none" }, {}, nested)).toBe(false);
  });

  it("lets the service check and reword, as Ajv does", () => {
    const schema: RJSFSchema = {
      type: "object",
      properties: { size: { type: "integer", minimum: 10 }, colour: { type: "string", default: "red" } },
    };
    const results = [interpretingValidator, ajv].map((validator) =>
      validator.validateFormData(
        { size: 5 },
        schema,
        (values, handler) => {
          if (values?.colour === "red") handler.colour?.addError("is taken");
          return handler;
        },
        (found) => found.map(({ property = "" }) => ({ property, stack: "small", message: "is too small" })),
      ),
    );
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.errorSchema).toMatchObject({ size: { __errors: ["is too small"] }, colour: { __errors: ["is taken"] } });
  });

  it("reports a schema that it cannot read", () => {
    const schema: RJSFSchema = { type: "object", properties: { a: { $ref: "#/definitions/none" } } };
    const { errors } = interpretingValidator.validateFormData({ a: 1 }, schema);
    expect(errors[0]?.stack).toContain("#/definitions/none");
  });
});
