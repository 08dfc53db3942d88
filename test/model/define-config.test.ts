import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { defineConfig } from "../../src/model/define-config.ts";

const LampConfig = defineConfig("LampConfig", () => ({
  watts: z.int().min(1).max(60).default(40).describe("Power"),
  colour: z.enum(["warm", "cold"]).default("warm"),
  seed: z.int().nullish(),
}));

function problemsOf(action: () => unknown): readonly string[] {
  try {
    action();
  } catch (error) {
    if (!InvalidConfigError.is(error)) throw error;
    expect(error.configName).toBe("LampConfig");
    return error.problems.map(({ field }) => field);
  }
  throw new Error("expected problems");
}

describe("a config class", () => {
  it("builds its table at first use, once", () => {
    let built = 0;
    const Lazy = defineConfig("Lazy", () => ({ size: z.int().default(++built) }));
    expect(Lazy.configName).toBe("Lazy");
    expect(built).toBe(0);
    expect(Lazy.defaults().size).toBe(1);
    expect(Lazy.fields).toBe(Lazy.fields);
    Lazy.parse({});
    Lazy.schema();
    expect(built).toBe(1);
  });

  it("is frozen, with methods that need no this", () => {
    expect(Object.isFrozen(LampConfig)).toBe(true);
    const { defaults, parse, schema } = LampConfig;
    expect(parse({ watts: 5 }).toMap()).toEqual({ ...defaults().toMap(), watts: 5 });
    expect(schema().fields).toHaveLength(3);
  });

  it("gives its form", () => {
    expect(LampConfig.schema()).toStrictEqual({
      fields: [
        { name: "watts", type: "int", default: 40, description: "Power", min: 1, max: 60, required: true },
        { name: "colour", type: "string", default: "warm", description: "", options: ["warm", "cold"], required: true },
        { name: "seed", type: "int", default: null, description: "", required: false },
      ],
    });
  });
});

describe("a config", () => {
  it("has its values as fields, and nothing else to enumerate", () => {
    const config = LampConfig.parse({ seed: 0 });
    expect([config.watts, config.colour, config.seed]).toEqual([40, "warm", 0]);
    expect({ ...config }).toStrictEqual({ watts: 40, colour: "warm", seed: 0 });
    expect(config.configName).toBe("LampConfig");
    expect(config.constructor.name).toBe("LampConfig");
  });

  it("cannot be changed", () => {
    const config = LampConfig.defaults();
    expect(Object.isFrozen(config)).toBe(true);
    expect(() => Object.assign(config, { watts: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { other: 1 })).toThrow(TypeError);
    (config.toMap() as { watts: number }).watts = 1;
    expect(config.watts).toBe(40);
    expect(LampConfig.defaults().watts).toBe(40);
  });

  it("gives its values in the order of the table, unset ones left out", () => {
    const config = LampConfig.parse({ seed: 5, colour: "cold", watts: 1 });
    expect(Object.keys(config.toMap())).toEqual(["watts", "colour", "seed"]);
    expect(LampConfig.parse({ seed: null }).toMap()).toStrictEqual({ watts: 40, colour: "warm" });
    expect(JSON.stringify(config)).toBe('{"watts":1,"colour":"cold","seed":5}');
    expect(config.toJSON()).toStrictEqual(config.toMap());
  });

  it("gives another config with other values, and stays itself", () => {
    const config = LampConfig.parse({ seed: 5 });
    const other = config.with({ watts: 7, seed: null });
    expect(other.toMap()).toStrictEqual({ watts: 7, colour: "warm" });
    expect(config.toMap()).toStrictEqual({ watts: 40, colour: "warm", seed: 5 });
    expect(Object.isFrozen(other)).toBe(true);
    expect(config.with({}).toMap()).toStrictEqual(config.toMap());
  });

  it("is checked by validate, not by with", () => {
    const wrong = LampConfig.defaults().with({ watts: 900 });
    expect(wrong.toMap()).toMatchObject({ watts: 900 });
    expect(problemsOf(() => wrong.validate())).toEqual(["watts"]);
    expect(wrong.with({ watts: 9 }).validate().watts).toBe(9);
    expect(
      problemsOf(() =>
        LampConfig.defaults()
          .with({ watts: 0, colour: "red" as "warm", seed: 0.5 })
          .validate(),
      ),
    ).toEqual(["watts", "colour", "seed"]);
  });

  it("validates to itself when it came from parse", () => {
    const config = LampConfig.parse({ watts: 3 });
    expect(config.validate()).toBe(config);
    const patched = config.with({ watts: 4 });
    expect(patched.validate().toMap()).toStrictEqual(patched.toMap());
  });

  it("knows no other fields", () => {
    const config = LampConfig.defaults();
    expect(problemsOf(() => config.with({ volts: 1, amps: 2 } as object))).toEqual(["volts", "amps"]);
    expect(problemsOf(() => config.with(JSON.parse('{"__proto__": {"watts": 1}}')))).toEqual(["__proto__"]);
    expect(problemsOf(() => config.with({ configName: "Other", toMap: 1, constructor: 1 } as object))).toEqual([
      "configName",
      "toMap",
      "constructor",
    ]);
  });
});

describe("parse", () => {
  it.each([
    ["text", '{"watts": 5}'],
    ["text with blanks", ' \n{"watts": 5}\t'],
    ["an object", { watts: 5 }],
    ["an object without a prototype", Object.assign(Object.create(null), { watts: 5 })],
    ["a config", LampConfig.defaults().with({ watts: 5 })],
  ])("reads %s", (_, json) => expect(LampConfig.parse(json).toMap()).toStrictEqual({ watts: 5, colour: "warm" }));

  it.each([
    ["no text", ""],
    ["broken text", '{"watts": 5'],
    ["two texts", "{} {}"],
    ["null", null],
    ["undefined", undefined],
    ["the text null", "null"],
    ["a list", []],
    ["the text of a list", "[]"],
    ["the text of a text", '"{}"'],
    ["a number", 5],
    ["a boolean", true],
    ["a function", () => ({})],
  ])("refuses %s", (_, json) => expect(problemsOf(() => LampConfig.parse(json))).toEqual(["(value)"]));

  it("does not repeat the text that is not JSON", () => {
    expect(() => LampConfig.parse("SECRET")).toThrow(/must be JSON/);
    expect(() => LampConfig.parse("SECRET")).not.toThrow(/SECRET/);
  });

  it("refuses __proto__ in JSON and pollutes nothing", () => {
    expect(problemsOf(() => LampConfig.parse('{"__proto__": {"watts": 5}}'))).toEqual(["__proto__"]);
    expect(problemsOf(() => LampConfig.parse('{"constructor": {"prototype": {"watts": 5}}}'))).toEqual(["constructor"]);
    expect(Object.prototype).not.toHaveProperty("watts");
  });

  it("refuses an inherited unknown field, too", () => {
    expect(problemsOf(() => LampConfig.parse(Object.create({ volts: 1 })))).toEqual(["volts"]);
  });

  it("leaves what it reads alone", () => {
    const values = Object.freeze({ seed: null });
    LampConfig.parse(values);
    expect(values).toStrictEqual({ seed: null });
  });

  it("gives every config a default of its own", () => {
    const Tagged = defineConfig("Tagged", () => ({ tags: z.array(z.string()).default(() => []) }));
    expect(Tagged.defaults().tags).not.toBe(Tagged.defaults().tags);
  });
});

it("refuses field names that every config has", () => {
  const Taken = defineConfig("Taken", () => ({ with: z.boolean().default(true), validate: z.int().default(1), watts: z.int().default(1) }));
  expect(() => Taken.defaults()).toThrow(/Taken:\n- with: .*\n- validate: /);
});

describe("where zod was told to make no code from strings", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    z.config({ jitless: undefined });
  });

  it("makes none, and works all the same", () => {
    const asksForCode = vi.fn(function forbid() {
      throw new EvalError("forbidden");
    });
    vi.stubGlobal("Function", asksForCode);
    z.config({ jitless: true });
    const Lamp = defineConfig("Lamp", () => ({ watts: z.int().max(60).default(40) }));
    expect(Lamp.parse({ watts: 5 }).watts).toBe(5);
    expect(asksForCode).not.toHaveBeenCalled();
  });
});

it("keeps its lists: nobody who gets one can change what is sent", () => {
  const Lamp = defineConfig("Lamp", () => ({ tags: z.array(z.string()).default(["a"]) }));
  const given = ["b"];
  const config = Lamp.defaults().with({ tags: given });
  given.push("c");
  expect(config.tags).toEqual(["b"]);
  for (const { tags } of [config, config.validate(), Lamp.defaults(), Lamp.parse({ tags: ["d"] })])
    expect(() => tags.push("e")).toThrow(TypeError);
});
