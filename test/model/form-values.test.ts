import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidModelError } from "../../src/errors/invalid-model-error.ts";
import { checkPublished } from "../../src/model/check-published.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { defineModel } from "../../src/model/define-model.ts";
import type { ModelDescription } from "../../src/model/describe-model.ts";
import type { FormProperty } from "../../src/model/form-schema.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { PublishedField } from "../../src/model/published-input.ts";
import { createRegistry } from "../../src/model/registry.ts";
import { registry } from "../../src/models/registry.ts";

type Values = Readonly<Record<string, unknown>>;

/** Tells the fields that a form refuses. */
function toFormCheck({ jsonSchema }: ModelDescription): (values: Values) => readonly string[] {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(jsonSchema);
  return (values) => {
    validate(values);
    return sorted((validate.errors ?? []).map(({ instancePath }) => instancePath.split("/")[1] ?? ""));
  };
}

/** The fields that the config class refuses, or that Replicate would. */
function refusedByModel({ config, published }: AnyModel, values: Values): readonly string[] {
  const inputs: Readonly<Record<string, PublishedField>> = published.inputs;
  const refused = Object.keys(values).filter((name) => {
    const rule = inputs[name];
    // An unset value is not sent.
    return rule !== undefined && values[name] !== null && checkPublished(rule, values[name]) !== undefined;
  });
  try {
    config.parse(values);
  } catch (error) {
    if (!InvalidConfigError.is(error)) throw error;
    refused.push(...error.problems.map(({ field }) => field.replace(/[.[].*/, "")));
  }
  return sorted(refused);
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();

// Text within the Basic Multilingual Plane: JSON Schema counts characters, zod counts halves of surrogate pairs.
const text = fc.string({ unit: "grapheme-ascii", maxLength: 6 });
// As many digits as people type: zod takes what is a multiple but for an error of rounding, a validator does not.
const number = fc.oneof(
  fc.integer({ min: -5000, max: 5000 }),
  fc.integer({ min: -40_000, max: 400_000 }).map((value) => value / 1000),
);
const scalar = fc.oneof(number, text, fc.boolean());

/** What may come out of one field: mostly of its type, legal or not; at times anything. */
function formValue(property: FormProperty): fc.Arbitrary<unknown> {
  const { oneOf = [], items } = property;
  const type = [property.type].flat()[0];
  const ofType =
    type === "array" && items
      ? fc.array(formValue(items), { maxLength: 3 })
      : type === "string"
        ? text
        : type === "boolean"
          ? fc.boolean()
          : number;
  const options = oneOf.length > 0 ? [fc.constantFrom(...oneOf.map((option) => option.const))] : [];
  const bounds = [property.minimum, property.maximum, property.exclusiveMinimum, property.exclusiveMaximum].filter(
    (bound) => bound !== undefined,
  );
  const edges =
    bounds.length > 0 ? [fc.tuple(fc.constantFrom(...bounds), fc.constantFrom(-1, 0, 0.5, 1)).map(([bound, by]) => bound + by)] : [];
  return fc.oneof(
    { weight: 4, arbitrary: fc.oneof(ofType, ...options, ...edges) },
    { weight: 1, arbitrary: fc.oneof(fc.constant(null), scalar) },
  );
}

function formValues({ jsonSchema }: ModelDescription): fc.Arbitrary<Values> {
  const fields = Object.entries(jsonSchema.properties).map(([name, property]) => [name, formValue(property)]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] }) as fc.Arbitrary<Values>;
}

describe.each(registry.list().map((model) => [model.id, model] as const))("the form of %s", (id, model) => {
  const description = registry.describe(id);
  const refusedByForm = toFormCheck(description);

  it("takes and refuses what the config class and the model do, by the same fields", () => {
    fc.assert(
      fc.property(formValues(description), (values) => {
        expect(refusedByForm(values)).toEqual(refusedByModel(model as AnyModel, values));
      }),
      { numRuns: 60 },
    );
  });

  it("takes what it starts with", () => {
    expect(refusedByForm(description.defaults)).toEqual([]);
    expect(model.config.parse(description.defaults).toMap()).toEqual(model.defaultConfig.toMap());
  });
});

/** A field of a config, and what a model may publish of it. */
interface AnyField {
  readonly type: z.ZodType;
  readonly start: unknown;
  readonly rule?: PublishedField | undefined;
}

const bound = fc.integer({ min: -20, max: 20 });
const range = fc.tuple(bound, bound).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const toBounds = ([minimum, maximum]: readonly [number, number]) => ({ minimum, maximum });

const integer: fc.Arbitrary<AnyField> = fc
  .record({
    bounds: range,
    step: fc.constantFrom(undefined, 1, 2, 5),
    rule: fc.option(
      range.map((bounds): PublishedField => ({ type: "integer", ...toBounds(bounds) })),
      { nil: undefined },
    ),
  })
  .map(({ bounds: [min, max], step, rule }) => {
    const type = z.int().min(min).max(max);
    return { type: step ? type.multipleOf(step) : type, start: step ? Math.ceil(min / step) * step : min, rule };
  });

const float: fc.Arbitrary<AnyField> = fc
  .record({
    bounds: range,
    isOpen: fc.boolean(),
    step: fc.constantFrom(undefined, 0.25, 0.5),
    rule: fc.option(
      fc
        .tuple(range, fc.constantFrom("number", "integer"))
        .map(([bounds, type]): PublishedField => ({ type: type as "number", ...toBounds(bounds) })),
      { nil: undefined },
    ),
  })
  .map(({ bounds: [min, max], isOpen, step, rule }) => {
    const type = isOpen
      ? z
          .number()
          .gt(min)
          .lt(max + 1)
      : z.number().min(min).max(max);
    return { type: step ? type.multipleOf(step) : type, start: isOpen ? min + 0.5 : min, rule };
  });

const words = fc.uniqueArray(fc.constantFrom("a", "b_c", "d", "é", "16:9"), { minLength: 1 });
const closed: fc.Arbitrary<AnyField> = fc.tuple(words, fc.option(words, { nil: undefined })).map(([values, published]) => ({
  type: z.enum(values as [string, ...string[]]),
  start: values[0],
  rule: published && { type: "string", enum: published },
}));
const closedNumbers: fc.Arbitrary<AnyField> = fc
  .tuple(fc.uniqueArray(bound, { minLength: 1, maxLength: 4 }), fc.option(range, { nil: undefined }))
  .map(([values, bounds]) => ({
    type: z.literal(values as [number, ...number[]]),
    start: values[0],
    rule: bounds && { type: "integer", ...toBounds(bounds) },
  }));
const free: fc.Arbitrary<AnyField> = fc
  .tuple(fc.nat(3), fc.nat(3), fc.option(words, { nil: undefined }))
  .map(([least, more, published]) => ({
    type: z
      .string()
      .min(least)
      .max(least + more),
    start: published?.[0] ?? "x".repeat(least),
    rule: published && { type: "string", enum: published },
  }));
const flag: fc.Arbitrary<AnyField> = fc.boolean().map((start) => ({ type: z.boolean(), start, rule: { type: "boolean" } }));
const plain = fc.oneof(integer, float, closed, closedNumbers, free, flag);
const list: fc.Arbitrary<AnyField> = fc
  .record({ item: plain, least: fc.nat(2), more: fc.nat(2), isPublished: fc.boolean() })
  .map(({ item, least, more, isPublished }) => ({
    type: z
      .array(item.type)
      .min(least)
      .max(least + more),
    start: Array.from({ length: least }, () => item.start),
    rule: isPublished ? { type: "array", ...(item.rule && { items: item.rule }) } : undefined,
  }));
const field = fc.tuple(fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: list }), fc.boolean());

// Whatever a plain field above may take, and lists of one of them.
const singles = [...Array.from({ length: 200 }, (_, index) => index / 4 - 25), "a", "b_c", "d", "é", "16:9", "", true, false];
const candidates = [...singles, ...singles.flatMap((single) => [[single], [single, single]])];

function toModel(fields: readonly (readonly [AnyField, boolean])[]): AnyModel {
  const table = fields.map(([{ type, start }, mayBeUnset], index) => [`f${index}`, mayBeUnset ? type.nullish() : type.default(start)]);
  const rules = fields.flatMap(([{ rule }], index) => (rule ? [[`f${index}`, rule]] : []));
  return defineModel({
    id: "acme/any",
    name: "Any",
    description: "Any model",
    settingsKey: "any",
    config: defineConfig("AnyConfig", () => Object.fromEntries(table) as Record<string, z.ZodType>),
    published: { asOf: "2026-01-01", promptKey: "prompt", image: null, inputs: Object.fromEntries(rules), output: "one" },
  });
}

it("any model's form takes and refuses what its class and the model do, or tells which default the model refuses", {
  timeout: 60_000,
}, () => {
  let described = 0;
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 4 }), fc.gen(), (fields, draw) => {
      const model = toModel(fields);
      const starts = fields.map(([{ start }, mayBeUnset], index) => [`f${index}`, mayBeUnset ? null : start]);
      const refusedStarts = refusedByModel(model, Object.fromEntries(starts));
      let description: ModelDescription;
      try {
        description = createRegistry([model]).describe(model.id, { extensionKeywords: false });
      } catch (error) {
        // A default that the class refuses is found before one that the model refuses.
        if (InvalidConfigError.is(error)) expect(refusedStarts.length).toBeGreaterThan(0);
        else if (!InvalidModelError.is(error)) throw error;
        else {
          const named = sorted(error.problems.map((problem) => problem.field.replace("config.", "")));
          expect(named).toEqual(expect.arrayContaining([...refusedStarts]));
          for (const name of named.filter((other) => !refusedStarts.includes(other))) {
            for (const value of candidates) expect(refusedByModel(model, { [name]: value })).toEqual([name]);
          }
        }
        return;
      }
      described++;
      const refusedByForm = toFormCheck(description);
      expect(description).toStrictEqual(JSON.parse(JSON.stringify(description)));
      expect(refusedByForm(description.defaults)).toEqual([]);
      for (let round = 0; round < 20; round++) {
        const values = draw(() => formValues(description)) as Values;
        expect(refusedByForm(values)).toEqual(refusedByModel(model, values));
      }
    }),
    // Looking for a smaller example takes minutes; the seed tells the one that was found.
    { numRuns: 250, endOnFailure: true },
  );
  expect(described).toBeGreaterThan(20);
});
