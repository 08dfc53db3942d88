import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidInputError } from "../../src/errors/invalid-input-error.ts";
import { RestageError } from "../../src/errors/restage-error.ts";
import { checkPublished } from "../../src/model/check-published.ts";
import { defineConfig } from "../../src/model/define-config.ts";
import { defineModel } from "../../src/model/define-model.ts";
import type { AnyModel, BuildRequest } from "../../src/model/model.ts";
import type { PublishedInput } from "../../src/model/published-input.ts";
import { FluxKontextConfig } from "../../src/models/flux-kontext-config.ts";
import { fluxKontextPro, qwenImageEdit, seedream3, seedream4 } from "../../src/models/models.ts";
import { QwenConfig } from "../../src/models/qwen-config.ts";
import { registry } from "../../src/models/registry.ts";
import { SeedreamConfig } from "../../src/models/seedream-config.ts";

const prompt = "Furnish this room";
const photoMissing = "imageUrl: is missing; this model needs a photo";
const imageUrl = "https://example.com/room.jpg";

function build(model: AnyModel, request: unknown): ReturnType<AnyModel["buildInput"]> {
  return model.buildInput(request as BuildRequest);
}

/** The problems as `field: message`. */
function problemsOf(model: AnyModel, request: unknown): readonly string[] {
  try {
    build(model, request);
  } catch (error) {
    if (!InvalidInputError.is(error)) throw error;
    expect(error).toMatchObject({ modelId: model.id, code: "invalid_input", billed: "no", retryable: false });
    return error.problems.map(({ field, message }) => `${field}: ${message}`);
  }
  throw new Error("expected problems");
}

const fieldsOf = (model: AnyModel, request: unknown) => problemsOf(model, request).map((problem) => problem.split(": ")[0]);

describe("the request", () => {
  it.each([undefined, null, "", "prompt", 5, true])("may not be %j", (request) => {
    for (const model of registry.list())
      expect(fieldsOf(model, request)).toEqual(model === seedream3 ? ["prompt"] : ["prompt", "imageUrl"]);
  });

  it.each([{}, [], { config: undefined }, { config: null, extraInput: null }])("may not be as empty as %j", (request) => {
    expect(fieldsOf(qwenImageEdit, request)).toEqual(["prompt", "imageUrl"]);
    expect(fieldsOf(seedream3, request)).toEqual(["prompt"]);
  });

  it("is left alone, and gives a new input each time", () => {
    const request = Object.freeze({ prompt, imageUrl, config: QwenConfig.defaults(), extraInput: Object.freeze({ steps: 4 }) });
    const one = qwenImageEdit.buildInput(request);
    const other = qwenImageEdit.buildInput(request);
    expect(one).toStrictEqual(other);
    expect(one.input).not.toBe(other.input);
    expect(one.warnings).not.toBe(other.warnings);
  });
});

describe("the prompt", () => {
  it.each([undefined, null, "", " ", "\n\t\u3000\u00a0", 5, ["a sofa"], { text: "a sofa" }])("may not be %j", (wrong) => {
    for (const model of registry.list()) {
      const photo = model.capabilities.takesPhoto ? { imageUrl } : {};
      expect(problemsOf(model, { prompt: wrong, ...photo })).toEqual(["prompt: is missing or blank; stagingPrompt() writes one"]);
    }
  });
});

describe("the photo", () => {
  const good = [
    "https://example.com/room.jpg",
    "HTTPS://EXAMPLE.COM/ROOM.JPG",
    "https://user:word@example.com:8443/a%20b.jpg?size=1&sig=x/y#z",
    "https://exämple.com/zimmer.jpg",
    "https://[2001:db8::1]/room.jpg",
    "data:image/png;base64,iVBORw0KGgo=",
    "DATA:image/jpeg;base64,/9j/",
    "data:image/webp,%00",
    "http://localhost:8787/room.jpg",
    "http://127.0.0.1/room.jpg",
    "http://[::1]:80/room.jpg",
  ];
  const bad = [
    "http://example.com/room.jpg",
    "http://localhost.example.com/room.jpg",
    "http://localhost:word@example.com/room.jpg",
    "http://127.0.0.1.example.com/",
    "http://localhost@example.com/",
    "https://",
    "https:///room.jpg",
    "https:room.jpg",
    "https:/example.com/room.jpg",
    "https://exa mple.com/room.jpg",
    "https://example.com/my room.jpg",
    "https://example.com/room.jpg\n",
    " https://example.com/room.jpg",
    "https://example.com:99999/room.jpg",
    "https://[::1/room.jpg",
    "//example.com/room.jpg",
    "example.com/room.jpg",
    "/etc/passwd",
    "file:///etc/passwd",
    "ftp://example.com/room.jpg",
    "javascript:alert(1)",
    "blob:https://example.com/1",
    "data:text/plain,room",
    "data:,room",
    "data:image",
    "data:image/",
    "data:image/;base64,AA==",
    "data:image/png",
    "data:application/pdf;base64,JVBERg==",
    "C:\\photos\\room.jpg",
    " ",
  ];

  it.each(good)("may be %j", (address) => {
    expect(build(qwenImageEdit, { prompt, imageUrl: address }).input).toMatchObject({ image: address });
    expect(build(fluxKontextPro, { prompt, imageUrl: address }).input).toMatchObject({ input_image: address });
    expect(build(seedream4, { prompt, imageUrl: address }).input).toMatchObject({ image_input: [address] });
  });

  it.each([...bad, 5, true, {}, [imageUrl], new URL(imageUrl), Buffer.from("photo")])("may not be %j", (address) => {
    for (const model of [qwenImageEdit, fluxKontextPro, seedream4]) {
      expect(problemsOf(model, { prompt, imageUrl: address })).toEqual(["imageUrl: must be an https or data:image URL"]);
    }
  });

  it.each([undefined, null, ""])("may not be missing (%j) where the model takes one", (missing) => {
    expect(problemsOf(qwenImageEdit, { prompt, imageUrl: missing })).toEqual([photoMissing]);
    expect(problemsOf(seedream4, { prompt, imageUrl: missing })).toEqual([photoMissing]);
    expect(build(seedream3, { prompt, imageUrl: missing }).input).not.toHaveProperty("image");
  });

  it.each([...good, ...bad, 5, {}])("may not be given (%j) to a model that takes none", (address) => {
    expect(problemsOf(seedream3, { prompt, imageUrl: address })).toEqual([
      "imageUrl: the model takes no photo (text-to-image only); choose one with capabilities.takesPhoto",
    ]);
  });
});

describe("the config", () => {
  it.each([
    ["of another model", FluxKontextConfig.defaults()],
    ["of a third", SeedreamConfig.defaults()],
    ["as its values", { go_fast: true }],
    ["as text", '{"go_fast": true}'],
    ["with a name that is no text", { configName: 5 }],
    ["as a copy, which has lost its class", { ...QwenConfig.defaults() }],
  ])("may not be one %s", (_, config) => {
    expect(problemsOf(qwenImageEdit, { prompt, imageUrl, config })).toEqual(["config: must be a QwenConfig; parseModelConfig() reads one"]);
  });

  it("is checked before it is sent", () => {
    const config = QwenConfig.defaults().with({ output_quality: 900, seed: 0.5 });
    try {
      qwenImageEdit.buildInput({ prompt, imageUrl, config });
      expect.unreachable();
    } catch (error) {
      if (!InvalidConfigError.is(error)) throw error;
      expect(error.problems.map(({ field }) => field)).toEqual(["output_quality", "seed"]);
    }
  });

  it("is the model's own where none is given", () => {
    for (const model of registry.list()) {
      const photo = model.capabilities.takesPhoto ? { imageUrl } : {};
      const sent = build(model, { prompt, ...photo });
      for (const config of [undefined, null, model.defaultConfig]) expect(build(model, { prompt, ...photo, config })).toStrictEqual(sent);
    }
  });

  it("names the legal values where the model refuses one", () => {
    const config = FluxKontextConfig.parse({ output_format: "webp" });
    expect(problemsOf(fluxKontextPro, { prompt, imageUrl, config })).toEqual([
      "output_format: must be one of jpg, png: the model takes nothing else",
    ]);
    expect(problemsOf(seedream3, { prompt, config: SeedreamConfig.parse({ guidance_scale: 11, width: 3000 }) })).toEqual([
      "guidance_scale: must be 10 or less: the model takes nothing else",
      "width: must be 2048 or less: the model takes nothing else",
    ]);
  });
});

describe("a warning", () => {
  it("tells field, reason and way out of a value without effect", () => {
    const config = FluxKontextConfig.parse({ safety_tolerance: 2, num_outputs: 2 });
    expect(fluxKontextPro.buildInput({ prompt, imageUrl, config }).warnings).toStrictEqual([
      {
        severity: "warning",
        code: "no_effect",
        field: "num_outputs",
        reason: "The model publishes no such input: not sent, no effect",
        wayOut: "Remove it, or choose a model that takes it",
      },
    ]);
  });

  it("tells the documented limit that a value is past, and where it was read", () => {
    expect(fluxKontextPro.buildInput({ prompt, imageUrl }).warnings).toStrictEqual([
      {
        severity: "warning",
        code: "past_documented_limit",
        field: "safety_tolerance",
        reason: expect.stringContaining("Replicate's schema says that 2 is the maximum"),
        wayOut: "Use 2 or less",
      },
    ]);
  });

  it("tells what the schema refuses of an extraInput", () => {
    expect(qwenImageEdit.buildInput({ prompt, imageUrl, extraInput: { output_format: "gif" } }).warnings).toStrictEqual([
      {
        severity: "warning",
        code: "refused_extra_input",
        field: "output_format",
        reason: "By the published schema it must be one of webp, jpg, png",
        wayOut: "Correct it",
      },
    ]);
  });

  it("follows the default of the model, not of its class", () => {
    const LampConfig = defineConfig("LampConfig", () => ({ watts: z.int().default(40), seed: z.int().nullish() }));
    const lamp = defineModel({
      id: "acme/lamp",
      name: "Lamp",
      description: "Lights a room",
      settingsKey: "lamp",
      config: LampConfig,
      defaultPatch: { watts: 20 },
      published: { asOf: "2026-01-01", promptKey: "text", image: null, inputs: {}, output: "one" },
    });
    const codesFor = (watts: number) => lamp.buildInput({ prompt, config: LampConfig.parse({ watts }) }).warnings.map(({ code }) => code);
    expect(codesFor(20)).toEqual([]);
    expect(codesFor(40)).toEqual(["no_effect"]);
    expect(lamp.buildInput({ prompt }).input).toStrictEqual({ text: prompt });
  });
});

describe("extraInput", () => {
  it.each(["text", "", 5, true, [], ["steps"]])("may not be %j", (extraInput) => {
    expect(problemsOf(qwenImageEdit, { prompt, imageUrl, extraInput })).toEqual(["extraInput: must be an object"]);
  });

  it("may be missing", () => {
    const sent = build(qwenImageEdit, { prompt, imageUrl });
    for (const extraInput of [undefined, null, {}]) expect(build(qwenImageEdit, { prompt, imageUrl, extraInput })).toStrictEqual(sent);
  });

  it("is sent as it is", () => {
    const extraInput = { one: "two", list: [1, { deep: null }], nothing: null, constructor: 1, toString: "x", seed: null };
    const { input, warnings } = build(qwenImageEdit, { prompt, imageUrl, extraInput });
    expect(input).toMatchObject(extraInput);
    expect(warnings).toEqual([]);
  });

  it("leaves out what JSON has no word for, and keeps the config's value there", () => {
    const config = QwenConfig.parse({ seed: 5 });
    const { input } = build(qwenImageEdit, { prompt, imageUrl, config, extraInput: { seed: undefined, other: undefined } });
    expect(input).toMatchObject({ seed: 5 });
    expect(input).not.toHaveProperty("other");
  });

  it("replaces a value of the config, which is then neither refused nor warned of", () => {
    const config = FluxKontextConfig.parse({ output_format: "webp", safety_tolerance: 6, num_outputs: 4 });
    const extraInput = { output_format: "png", safety_tolerance: 2, num_outputs: 2 };
    const { input, warnings } = fluxKontextPro.buildInput({ prompt, imageUrl, config, extraInput });
    expect(input).toMatchObject(extraInput);
    expect(warnings).toEqual([]);
  });

  it.each([
    [qwenImageEdit, "image"],
    [fluxKontextPro, "input_image"],
    [seedream4, "image_input"],
  ])("may not replace prompt and photo of %o", (model, imageKey) => {
    const extraInput = { prompt: "else", [imageKey]: imageUrl };
    expect(problemsOf(model, { prompt, imageUrl, extraInput })).toEqual([
      "extraInput.prompt: is reserved; give it in the request itself",
      `extraInput.${imageKey}: is reserved; give it in the request itself`,
    ]);
  });

  it("may not hold __proto__", () => {
    const extraInput = JSON.parse('{"__proto__": {"go_fast": false}}');
    expect(fieldsOf(qwenImageEdit, { prompt, imageUrl, extraInput })).toEqual(["extraInput.__proto__"]);
  });
});

it("reports everything at once", () => {
  const config = FluxKontextConfig.parse({ output_format: "webp" });
  const extraInput = { input_image: "x" };
  expect(fieldsOf(fluxKontextPro, { prompt: " ", imageUrl: "room.jpg", config, extraInput })).toEqual([
    "prompt",
    "imageUrl",
    "output_format",
    "extraInput.input_image",
  ]);
  expect(fieldsOf(seedream3, { imageUrl, config, extraInput: 5 })).toEqual(["prompt", "imageUrl", "extraInput", "config"]);
});

/** Any config values that the form of a model's class allows: wider than what the model takes. */
function legalConfig(model: AnyModel): fc.Arbitrary<Record<string, unknown>> {
  const values = model.config.schema().fields.map(({ name, type, options, min, max, required }) => {
    const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
    const legal = {
      string: fc.constantFrom(...(options ?? [""])),
      bool: fc.boolean(),
      int: min === undefined ? fc.maxSafeInteger() : fc.integer(range),
      float: fc.double({ ...range, noNaN: true }),
      array: fc.constant([]),
    }[type];
    return [name, required ? legal : fc.option(legal as fc.Arbitrary<unknown>)] as const;
  });
  return fc.record(Object.fromEntries(values), { requiredKeys: [] });
}

const cases: readonly (readonly [string, AnyModel])[] = registry.list().map((model) => [model.id, model]);

describe.each(cases)("for any config, %s", (_, model) => {
  const published: PublishedInput = model.published;
  const photo = model.capabilities.takesPhoto ? { imageUrl } : {};

  it("gets published keys and legal values only, or a typed error", () => {
    const seen = { built: 0, refused: 0 };
    fc.assert(
      fc.property(legalConfig(model), (values) => {
        const config = model.config.parse(values);
        const request = Object.freeze({ prompt, ...photo, config });
        const before = JSON.stringify(request);
        try {
          const { input, warnings } = build(model, request);
          seen.built++;
          const {
            [published.promptKey]: sentPrompt,
            [published.image?.key ?? ""]: sentPhoto,
            ...others
          } = input as Record<string, unknown>;
          expect(sentPrompt).toBe(prompt);
          expect(sentPhoto).toEqual(published.image?.isArray ? [imageUrl] : photo.imageUrl);
          for (const [name, value] of Object.entries(others)) {
            const rule = published.inputs[name];
            expect(rule, name).toBeDefined();
            expect(rule && checkPublished(rule, value), name).toBeUndefined();
          }
          // Every set value is sent as it is, or it is at its default, or it is warned of.
          const unsent = Object.entries(config.toMap()).filter(([name]) => !(name in others));
          for (const [name, value] of unsent) {
            const isWarned = warnings.some((warning) => warning.field === name && warning.code === "no_effect");
            expect(isWarned, name).toBe(value !== model.defaultConfig.toMap()[name]);
          }
          for (const [name, value] of Object.entries(others)) expect(value).toBe(config.toMap()[name]);
        } catch (error) {
          if (!InvalidInputError.is(error)) throw error;
          seen.refused++;
          const fields = error.problems.map(({ field }) => field);
          for (const field of fields) {
            const rule = published.inputs[field];
            expect(rule && checkPublished(rule, config.toMap()[field]), field).toBeDefined();
          }
        }
        expect(JSON.stringify(request)).toBe(before);
      }),
      { numRuns: 400 },
    );
    expect(seen.built).toBeGreaterThan(10);
    // Everything that QwenConfig allows is legal for Qwen; every other model refuses part of its class.
    if (model.id !== qwenImageEdit.id) expect(seen.refused).toBeGreaterThan(10);
    else expect(seen.refused).toBe(0);
  });

  it("gives an input or a typed error for any JSON, and no error repeats a value", () => {
    const secret = "SECRET of the caller";
    const anything = fc.oneof(fc.constantFrom(secret, `https://${secret}/`, `data:${secret}`, imageUrl, null), fc.jsonValue());
    const request = fc.record(
      {
        prompt: anything,
        imageUrl: anything,
        config: fc.oneof(
          anything,
          fc.constant(model.defaultConfig),
          fc.dictionary(fc.constantFrom(...Object.keys(model.config.fields)), anything),
        ),
        extraInput: fc.oneof(
          anything,
          fc.dictionary(fc.oneof(fc.constantFrom("prompt", "seed", "constructor", "size"), fc.string()), anything),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(request, fc.jsonValue()), (value) => {
        const before = JSON.stringify(value);
        try {
          const { input, warnings } = build(model, value);
          expect(input).toHaveProperty("prompt");
          expect(JSON.stringify(warnings)).not.toContain("SECRET");
        } catch (error) {
          if (!RestageError.is(error)) throw error;
          expect(`${error} ${JSON.stringify(error)}`).not.toContain("SECRET");
        }
        expect(JSON.stringify(value)).toBe(before);
      }),
      { numRuns: 400 },
    );
  });

  it("parses any JSON as a config, or refuses it without repeating a value", () => {
    const secret = fc.constantFrom("SECRET", { SECRET_IN: "SECRET" }, ["SECRET"]);
    const names = fc.constantFrom(...Object.keys(model.config.fields));
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(names, fc.oneof(secret, fc.jsonValue())), fc.jsonValue()), (value) => {
        const outcomes = [value, JSON.stringify(value)].map((json) => {
          try {
            return JSON.stringify(model.config.parse(json));
          } catch (error) {
            if (!InvalidConfigError.is(error)) throw error;
            expect(`${error} ${JSON.stringify(error)}`).not.toContain("SECRET");
            return error.problems.length > 0 ? "refused" : "refused without a problem";
          }
        });
        if (typeof value !== "string") expect(outcomes[0]).toBe(outcomes[1]);
        expect(outcomes).not.toContain("refused without a problem");
      }),
      { numRuns: 300 },
    );
  });
});
