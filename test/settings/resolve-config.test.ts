import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidInputError } from "../../src/errors/invalid-input-error.ts";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import type { Origin } from "../../src/model/warning.ts";
import { fluxKontextPro, qwenImageEdit, seedream3, seedream4 } from "../../src/models/models.ts";
import { type ConfigLayer, toCallerLayer } from "../../src/settings/config-layers.ts";
import { resolveConfig } from "../../src/settings/resolve-config.ts";

const toStored = (origin: Origin, values: ConfigLayer["values"], version = 1): ConfigLayer => ({
  origin,
  values,
  document: { key: `${origin} document`, version },
});

describe("precedence", () => {
  const values = fc.record(
    {
      go_fast: fc.boolean(),
      aspect_ratio: fc.constantFrom("match_input_image", "1:1", "16:9"),
      output_format: fc.constantFrom("webp", "png", "jpg"),
      output_quality: fc.integer({ min: 1, max: 100 }),
      seed: fc.option(fc.integer()),
      disable_safety_checker: fc.option(fc.boolean()),
    },
    { requiredKeys: [] },
  );
  const origins = ["request", "experiment", "project", "global"] as const;

  it("is, field by field, that of the strongest layer that says something", () => {
    fc.assert(
      fc.property(fc.tuple(values, values, values, values), (said) => {
        const layers = origins.map((origin, index) => toStored(origin, said[index] ?? {}, index + 1));
        const { config, fields, origins: found } = resolveConfig(qwenImageEdit, layers);
        for (const { field, value, origin, version, sent } of fields) {
          const strongest = layers.find((layer) => field in layer.values);
          const expected =
            strongest === undefined ? (qwenImageEdit.defaultConfig as unknown as Record<string, unknown>)[field] : strongest.values[field];
          expect(value).toBe(expected ?? null);
          expect((config as unknown as Record<string, unknown>)[field] ?? null).toBe(expected ?? null);
          expect(origin).toBe(strongest?.origin ?? "default");
          expect((found as Record<string, Origin>)[field]).toBe(origin);
          expect(version).toBe(strongest?.document?.version ?? null);
          expect(sent).toBe(field !== "aspect_ratio" && value !== null);
        }
        expect(fields.map(({ field }) => field)).toEqual(Object.keys(qwenImageEdit.config.fields));
      }),
    );
  });

  it("starts from the model's own defaults, not from those of the class", () => {
    expect(resolveConfig(seedream4, []).config.aspect_ratio).toBe("match_input_image");
    expect(seedream4.config.defaults().aspect_ratio).toBe("1:1");
  });

  it("takes undefined as nothing said and null as unset", () => {
    const layers = [
      toCallerLayer("request", qwenImageEdit, { go_fast: undefined, seed: null }),
      toStored("global", { go_fast: false, seed: 7 }),
    ];
    const { config, origins: found } = resolveConfig(qwenImageEdit, layers);
    expect(config.toMap()).not.toHaveProperty("seed");
    expect(config.go_fast).toBe(false);
    expect(found).toMatchObject({ seed: "request", go_fast: "global" });
  });
});

describe("problems", () => {
  it("are an InvalidConfigError where the caller has a part in them, with those of every layer and where they are stored", () => {
    const layers = [
      toCallerLayer("request", fluxKontextPro, { safety_tolerance: 9, colour: "red" }),
      toStored("project", { output_format: "webp" }, 3),
      toStored("global", { output_quality: "high", safety_tolerance: 99 }, 8),
    ];
    const error = catchError(() => resolveConfig(fluxKontextPro, layers));
    expect(InvalidConfigError.is(error) && error.problems).toEqual([
      { field: "colour", message: expect.stringContaining("Known fields: aspect_ratio,") },
      { field: "safety_tolerance", message: expect.not.stringContaining("stored") },
      { field: "output_quality", message: expect.stringContaining('(stored in "global document", version 8)') },
      { field: "output_format", message: expect.stringContaining('(stored in "project document", version 3)') },
    ]);
  });

  it("are an InvalidStoredSettingError where stored values alone are to blame", () => {
    const error = catchError(() =>
      resolveConfig(fluxKontextPro, [toStored("global", { safety_tolerance: "4", output_format: "webp" }, 2)]),
    );
    expect(InvalidStoredSettingError.is(error) && error.key).toBe("global document");
    expect(InvalidStoredSettingError.is(error) && error.problems.map(({ field }) => field)).toEqual(["safety_tolerance", "output_format"]);
    expect(String(error)).toContain("must be one of jpg, png");
    expect(String(error)).toContain("settings.saveConfig(…)");
  });

  it("are an InvalidInputError where the caller's value is legal for the class and the model refuses it", () => {
    const error = catchError(() => resolveConfig(fluxKontextPro, [toCallerLayer("request", fluxKontextPro, { output_format: "webp" })]));
    expect(InvalidInputError.is(error) && error.problems.map(({ field }) => field)).toEqual(["output_format"]);
  });

  it("are none where a stronger layer puts a bad value right", () => {
    const layers = [toCallerLayer("request", fluxKontextPro, { output_format: "png" }), toStored("global", { output_format: "webp" })];
    expect(resolveConfig(fluxKontextPro, layers).config.output_format).toBe("png");
  });

  it("are all there, however an unknown field is named", () => {
    for (const name of ["a.b", " ", "__proto__", "n".repeat(200)]) {
      const patch = Object.fromEntries([
        [name, 1],
        ["output_quality", 900],
        ["output_format", "webp"],
      ]);
      const error = catchError(() => resolveConfig(fluxKontextPro, [toCallerLayer("request", fluxKontextPro, patch)]));
      const fields = InvalidConfigError.is(error) ? error.problems.map(({ field }) => field) : [];
      expect(fields.slice(-2)).toEqual(["output_quality", "output_format"]);
      expect(fields).toHaveLength(3);
    }
  });

  it("name null for a field that cannot be unset", () => {
    const error = catchError(() => resolveConfig(qwenImageEdit, [toStored("global", { output_quality: null })]));
    expect(InvalidStoredSettingError.is(error) && error.problems.map(({ field }) => field)).toEqual(["output_quality"]);
  });
});

describe("warnings", () => {
  it("carry the origin of the value", () => {
    const { warnings } = resolveConfig(fluxKontextPro, [
      toCallerLayer("request", fluxKontextPro, { num_outputs: 2 }),
      toStored("project", { output_quality: 50 }),
    ]);
    expect(warnings.map(({ code, field, origin }) => [code, field, origin])).toEqual([
      ["past_documented_limit", "safety_tolerance", "default"],
      ["no_effect", "num_outputs", "request"],
      ["no_effect", "output_quality", "project"],
    ]);
  });

  it("tell of stored fields that the class lacks, and leave prototypes alone", () => {
    const values = JSON.parse('{"__proto__":{"go_fast":false},"constructor":1,"go_fast":true,"turbo":1}');
    const { config, warnings } = resolveConfig(qwenImageEdit, [toStored("global", values)]);
    expect(warnings.map(({ code, field, origin }) => [code, field, origin])).toEqual([
      ["unknown_stored_field", "__proto__", "global"],
      ["unknown_stored_field", "constructor", "global"],
      ["unknown_stored_field", "turbo", "global"],
    ]);
    expect(config.go_fast).toBe(true);
    expect(({} as Record<string, unknown>).go_fast).toBeUndefined();
  });

  it("come from models without photo too", () => {
    expect(resolveConfig(seedream3, []).config.aspect_ratio).toBe("1:1");
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("did not throw");
}
