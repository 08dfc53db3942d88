import { describe, expect, it } from "vitest";
import { InvalidModelError } from "../../src/errors/invalid-model-error.ts";
import { UnknownModelError } from "../../src/errors/unknown-model-error.ts";
import { defineModel } from "../../src/model/define-model.ts";
import { createRegistry } from "../../src/model/registry.ts";
import { QwenConfig } from "../../src/models/qwen-config.ts";

const define = <const Id extends string>(id: Id, settingsKey: string, name: string = id) =>
  defineModel({
    id,
    name,
    description: "A model of this test",
    settingsKey,
    config: QwenConfig,
    published: { asOf: "2026-01-01", promptKey: "prompt", image: null, inputs: {}, output: "one" },
  });

const first = define("acme/first", "first");
const second = define("acme/second", "second");
const third = define("acme/third", "third");
const registry = createRegistry([second, first]);
const idsOf = (models: { list(): readonly { id: string }[] }) => models.list().map(({ id }) => id);

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}

describe("createRegistry", () => {
  it("gives its models by id, and all in their order", () => {
    expect(registry.get("acme/first")).toBe(first);
    expect(registry.lookup("acme/second")).toBe(second);
    expect(idsOf(registry)).toEqual(["acme/second", "acme/first"]);
    expect(createRegistry([]).list()).toEqual([]);
  });

  it("works when its methods are taken off it", () => {
    const { get, has, list, register } = registry;
    expect(get("acme/first")).toBe(first);
    expect(has("acme/first")).toBe(true);
    expect(list()).toHaveLength(2);
    expect(idsOf(register(third))).toHaveLength(3);
  });

  it.each(["acme/nothing", "", "__proto__", "constructor", "ACME/FIRST", " acme/first"])("has no %j", (id) => {
    expect(registry.has(id)).toBe(false);
    expect(registry.exists(id)).toBe(false);
    for (const error of [errorOf(() => registry.lookup(id)), errorOf(() => registry.get(id as "acme/first"))]) {
      expect(UnknownModelError.is(error)).toBe(true);
      expect(error).toMatchObject({ code: "unknown_model", modelId: id, knownModelIds: ["acme/second", "acme/first"] });
      expect(String(error)).toContain("Known models: acme/second, acme/first");
    }
  });

  it.each([undefined, null, 5, {}, ["acme/first"]])("has no %j either", (id) => {
    expect(registry.has(id as never)).toBe(false);
    expect(UnknownModelError.is(errorOf(() => registry.lookup(id as never)))).toBe(true);
  });

  it("repeats no more of an unknown id than an id's length", () => {
    expect(String(errorOf(() => registry.lookup("x".repeat(100_000)))).length).toBeLessThan(500);
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(registry)).toBe(true);
    (registry.list() as unknown[]).length = 0;
    expect(idsOf(registry)).toHaveLength(2);
    const models = [first];
    const own = createRegistry(models);
    models.push(first);
    expect(own.list()).toEqual([first]);
  });
});

describe("register", () => {
  it("gives a new registry and leaves the old one alone", () => {
    const larger = registry.register(third);
    expect(idsOf(larger)).toEqual(["acme/second", "acme/first", "acme/third"]);
    expect(larger.get("acme/third")).toBe(third);
    expect(larger.get("acme/first")).toBe(first);
    expect(registry.has("acme/third")).toBe(false);
    expect(Object.isFrozen(larger)).toBe(true);
  });

  it.each([
    ["id", define("acme/first", "other"), "is taken by acme/first; choose another, or replace() that model"],
    ["settingsKey", define("acme/other", "first"), "is taken by acme/first; choose another, or replace() that model"],
    ["id", first, "is taken by acme/first; choose another, or replace() that model"],
  ])("refuses a taken %s", (field, model, message) => {
    const error = errorOf(() => registry.register(model));
    expect(InvalidModelError.is(error)).toBe(true);
    expect(error).toMatchObject({ modelId: model.id, problems: [{ field, message }] });
    expect(() => createRegistry([first, model])).toThrow(InvalidModelError);
  });
});

describe("replace", () => {
  it("puts a model in the place of the one of its id", () => {
    const renamed = define("acme/second", "second", "Renamed");
    const changed = registry.replace(renamed);
    expect(idsOf(changed)).toEqual(["acme/second", "acme/first"]);
    expect(changed.get("acme/second")).toBe(renamed);
    expect(registry.get("acme/second")).toBe(second);
  });

  it("may change the settings key, to a free one only", () => {
    expect(idsOf(registry.replace(define("acme/second", "free")))).toHaveLength(2);
    expect(InvalidModelError.is(errorOf(() => registry.replace(define("acme/second", "first"))))).toBe(true);
  });

  it("refuses a model whose id is unknown", () => {
    expect(UnknownModelError.is(errorOf(() => registry.replace(third)))).toBe(true);
  });
});
