import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import type { AnyModel } from "../../src/model/model.ts";
import { FluxKontextConfig } from "../../src/models/flux-kontext-config.ts";
import { QwenConfig } from "../../src/models/qwen-config.ts";
import { SeedreamConfig } from "../../src/models/seedream-config.ts";

/** One row of the Go service's table: what it allows, and its default; none where the field may be unset. */
interface Row {
  readonly type: "bool" | "string" | "int" | "float";
  readonly allowed?: readonly string[];
  readonly range?: readonly [number, number];
  readonly default?: unknown;
}

interface ConfigCase {
  readonly config: AnyModel["config"];
  /** The rows of the Go service, in its order. */
  readonly rows: Readonly<Record<string, Row>>;
  /** What was added since: legal values beyond the Go service's, by field. */
  readonly added: Readonly<Record<string, readonly unknown[]>>;
}

const seed: Row = { type: "int" };
const photoRatios = ["1:1", "16:9", "4:3", "3:2", "match_input_image"];

const cases: Readonly<Record<string, ConfigCase>> = {
  QwenConfig: {
    config: QwenConfig,
    rows: {
      go_fast: { type: "bool", default: true },
      aspect_ratio: { type: "string", allowed: photoRatios, default: "match_input_image" },
      output_format: { type: "string", allowed: ["webp", "png", "jpg"], default: "webp" },
      output_quality: { type: "int", range: [1, 100], default: 80 },
      seed,
    },
    added: { disable_safety_checker: [true, false, null] },
  },
  FluxKontextConfig: {
    config: FluxKontextConfig,
    rows: {
      aspect_ratio: { type: "string", allowed: photoRatios, default: "match_input_image" },
      output_format: { type: "string", allowed: ["webp", "png", "jpg"], default: "png" },
      safety_tolerance: { type: "int", range: [1, 6], default: 4 },
      prompt_upsampling: { type: "bool", default: false },
      num_outputs: { type: "int", range: [1, 4], default: 1 },
      output_quality: { type: "int", range: [1, 100], default: 90 },
      seed,
    },
    added: { aspect_ratio: ["9:16", "3:4", "2:3", "4:5", "5:4", "21:9", "9:21", "2:1", "1:2"] },
  },
  SeedreamConfig: {
    config: SeedreamConfig,
    rows: {
      aspect_ratio: { type: "string", allowed: ["1:1", "16:9", "4:3", "3:2"], default: "1:1" },
      num_inference_steps: { type: "int", range: [20, 100], default: 50 },
      guidance_scale: { type: "float", range: [1, 20], default: 7.5 },
      output_quality: { type: "int", range: [1, 100], default: 95 },
      seed,
    },
    added: {
      aspect_ratio: ["match_input_image", "3:4", "9:16", "2:3", "21:9", "custom"],
      size: ["1K", "2K", "4K", "custom", "small", "regular", "big", null],
      width: [512, 4096, null],
      height: [512, 4096, null],
      sequential_image_generation: ["disabled", "auto", null],
      max_images: [1, 15, null],
      enhance_prompt: [true, false, null],
    },
  },
};

function legalValues({ type, allowed, range, default: start }: Row): readonly unknown[] {
  const edges = range ?? [];
  const inside = {
    bool: [true, false],
    string: allowed ?? [],
    int: range ? [range[0] + 1] : [0, -1, 42, 2 ** 53 - 1],
    float: [1.5, 19.99],
  };
  return [...edges, ...inside[type], ...(start === undefined ? [null] : [])];
}

function illegalValues({ type, range, default: start }: Row): readonly unknown[] {
  const outside = range === undefined ? [] : [range[0] - 1, range[0] - 0.01, range[1] + 0.01, range[1] + 1, -range[1], 1e308];
  const wrong = {
    bool: ["true", "", 0, 1],
    string: ["", "1:1 ", "WEBP", "gif", 1, true],
    int: ["1", true, 1.5, 50.5],
    float: ["7.5", false],
  };
  const never = [Number.NaN, Number.POSITIVE_INFINITY, [], {}, [1], new Date(0), 1n, Symbol("x")];
  return [...outside, ...wrong[type], ...never, ...(start === undefined ? [] : [null])];
}

const names = Object.keys(cases);
const table = Object.entries(cases).map(([name, { config, rows, added }]) => ({ name, config, rows, added }));

/** The fields that are refused, each once: a value may be no integer and too small as well. */
function fieldsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    if (InvalidConfigError.is(error)) return [...new Set(error.problems.map(({ field }) => field))];
    throw error;
  }
  return [];
}

describe.each(table)("$name", ({ name, config, rows, added }) => {
  const defaults = Object.fromEntries(Object.entries(rows).flatMap(([field, row]) => ("default" in row ? [[field, row.default]] : [])));

  it("starts from the defaults of the Go service, unset fields left out", () => {
    expect(config.configName).toBe(name);
    expect(config.defaults().configName).toBe(name);
    expect(config.defaults().toMap()).toStrictEqual(defaults);
    expect(Object.keys(config.defaults().toMap())).toEqual(Object.keys(defaults));
    expect(config.parse({}).toMap()).toStrictEqual(defaults);
    expect(config.defaults().validate().toMap()).toStrictEqual(defaults);
  });

  it("has the fields of the Go service first, then the added ones", () => {
    expect(Object.keys(config.fields)).toEqual([...new Set([...Object.keys(rows), ...Object.keys(added)])]);
  });

  const accepted = Object.entries(rows).flatMap(([field, row]) => legalValues(row).map((value) => ({ field, value })));
  const alsoAccepted = Object.entries(added).flatMap(([field, values]) => values.map((value) => ({ field, value })));

  it.each([...accepted, ...alsoAccepted])("accepts $field = $value", ({ field, value }) => {
    const expected: Record<string, unknown> = { ...defaults, [field]: value };
    if (value === null) delete expected[field];
    expect(config.parse({ [field]: value }).toMap()).toEqual(expected);
    expect(config.parse(JSON.stringify({ [field]: value })).toMap()).toEqual(expected);
    expect(
      config
        .defaults()
        .with({ [field]: value })
        .validate()
        .toMap(),
    ).toEqual(expected);
  });

  it("refuses every other value, and names the field", () => {
    for (const [field, row] of Object.entries(rows)) {
      for (const value of illegalValues(row)) {
        expect(fieldsOf(() => config.parse({ [field]: value }))).toEqual([field]);
        expect(
          fieldsOf(() =>
            config
              .defaults()
              .with({ [field]: value })
              .validate(),
          ),
        ).toEqual([field]);
      }
    }
    for (const [field, values] of Object.entries(added)) {
      expect(fieldsOf(() => config.parse({ [field]: "nonsense" }))).toEqual([field]);
      expect(fieldsOf(() => config.parse({ [field]: 99_999 }))).toEqual([field]);
      expect(fieldsOf(() => config.parse({ [field]: null }))).toEqual(values.includes(null) ? [] : [field]);
    }
  });

  it("reports the problems of all fields at once, and repeats no value", () => {
    const broken = Object.fromEntries(Object.keys(config.fields).map((field) => [field, "SECRET"]));
    const parse = () => config.parse({ ...broken, one: "SECRET", two: { deep: "SECRET" } });
    expect(fieldsOf(parse)).toEqual([...Object.keys(config.fields), "one", "two"]);
    try {
      parse();
    } catch (error) {
      expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain("SECRET");
    }
    expect.assertions(2);
  });

  it("survives toMap and JSON for any legal config", () => {
    const legal = Object.fromEntries(
      Object.keys(config.fields).map((field) => {
        const row = rows[field];
        const values = [...(row ? legalValues(row) : []), ...(added[field] ?? [])];
        return [field, fc.constantFrom(...values)];
      }),
    );
    fc.assert(
      fc.property(fc.record(legal, { requiredKeys: [] }), (values) => {
        const parsed = config.parse(values);
        const set = Object.entries({ ...defaults, ...values }).filter(([, value]) => value !== null);
        expect(parsed.toMap()).toStrictEqual(Object.fromEntries(set));
        expect(config.parse(parsed.toMap()).toMap()).toStrictEqual(parsed.toMap());
        expect(config.parse(parsed).toMap()).toStrictEqual(parsed.toMap());
        expect(config.parse(JSON.stringify(parsed)).toMap()).toStrictEqual(parsed.toMap());
        expect(config.defaults().with(values).validate().toMap()).toStrictEqual(parsed.toMap());
      }),
    );
  });

  it("has a form whose every option and limit the config accepts", () => {
    const { fields } = config.schema();
    expect(fields.map(({ name: field }) => field)).toEqual(Object.keys(config.fields));
    for (const { name: field, type, default: start, description, options, min, max, required } of fields) {
      const row = rows[field];
      if (row !== undefined) {
        expect({ field, type, default: start }).toEqual({ field, type: row.type, default: row.default ?? null });
        expect({ field, required }).toEqual({ field, required: "default" in row });
        expect({ field, range: min === undefined ? undefined : [min, max] }).toEqual({ field, range: row.range });
        if (row.allowed !== undefined) expect(options?.slice(0, row.allowed.length)).toEqual(row.allowed);
      } else expect({ field, required, default: start }).toEqual({ field, required: false, default: null });
      expect(description.length, field).toBeGreaterThan(10);
      for (const value of [...(options ?? []), min, max]) expect(fieldsOf(() => config.parse({ [field]: value }))).toEqual([]);
    }
  });
});

it("covers every config class", () => expect(names).toEqual(["QwenConfig", "FluxKontextConfig", "SeedreamConfig"]));

it("keeps the Go service's stored row valid", () => {
  const stored = { go_fast: true, aspect_ratio: "match_input_image", output_format: "webp", output_quality: 80 };
  expect(QwenConfig.parse(stored).toMap()).toStrictEqual(stored);
  expect(QwenConfig.parse(JSON.stringify(stored)).toMap()).toStrictEqual(stored);
});
