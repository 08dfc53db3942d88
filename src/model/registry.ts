import { InvalidModelError } from "../errors/invalid-model-error.ts";
import { UnknownModelError } from "../errors/unknown-model-error.ts";
import { type DescribeOptions, describeModel, type ModelDescription } from "./describe-model.ts";
import { findPriceProblems } from "./find-price-problems.ts";
import type { AnyModel } from "./model.ts";

/** The models that a service knows. Never changes: `register` and `replace` give a new registry. */
export interface Registry<Known extends AnyModel = AnyModel> {
  /**
   * The model of an id that the compiler knows. For an id from outside use `lookup`, or `has` first.
   * @throws {UnknownModelError} listing the known ids.
   */
  get<Id extends Known["id"]>(modelId: Id): ModelById<Known, Id>;
  /**
   * The model of any string, such as an id from a database.
   * @throws {UnknownModelError} listing the known ids.
   */
  lookup(modelId: string): AnyModel;
  /** All models, in the order of their registration. */
  list(): readonly Known[];
  /** Whether a model of this id is registered; tells the compiler so. */
  has(modelId: string): modelId is Known["id"];
  /** The same as `has`. */
  exists(modelId: string): modelId is Known["id"];
  /**
   * A model and the form of its config, as plain JSON: draft-07 schema, forms for react-jsonschema-form and JSON Forms, defaults, fields.
   * @throws {UnknownModelError} listing the known ids.
   * @throws {InvalidConfigError} naming every field that no form can show.
   * @throws {InvalidModelError} naming every field whose default the model refuses, or that is its prompt or photo.
   */
  describe(modelId: Known["id"], options?: DescribeOptions): ModelDescription;
  /**
   * A registry that has one more model.
   * @throws {InvalidModelError} when its id or settings key is taken, or its price has a wrong shape.
   */
  register<Added extends AnyModel>(model: Added): Registry<Known | Added>;
  /**
   * A registry in which this model stands for the one of the same id: for a price, schema or lifecycle of your own.
   * @throws {UnknownModelError} when there is none of this id.
   * @throws {InvalidModelError} when its settings key is taken, or its price has a wrong shape.
   */
  replace<Replacement extends AnyModel>(model: Replacement): Registry<Exclude<Known, { id: Replacement["id"] }> | Replacement>;
}

/** The model of an id among the known ones. */
export type ModelById<Known extends AnyModel, Id extends string> = Known extends { readonly id: Id } ? Known : never;

/**
 * A registry of the given models.
 * @throws {InvalidModelError} when two have one id or one settings key, or the price of one has a wrong shape.
 */
export function createRegistry<const Models extends readonly AnyModel[]>(models: Models): Registry<Models[number]> {
  const byId = new Map<string, AnyModel>();
  for (const model of models) {
    const taken = [...byId.values()].find(({ id, settingsKey }) => id === model.id || settingsKey === model.settingsKey);
    if (taken !== undefined) {
      const field = taken.id === model.id ? "id" : "settingsKey";
      throw new InvalidModelError(model.id, [{ field, message: `is taken by ${taken.id}; choose another, or replace() that model` }]);
    }
    // Here, and not where models are made: a bundle of one model stays without it.
    const problems = model.price === undefined ? [] : findPriceProblems(model.price);
    if (problems.length > 0) {
      throw new InvalidModelError(
        model.id,
        problems.map(({ field, message }) => ({ field: `price.${field}`, message })),
      );
    }
    byId.set(model.id, model);
  }
  const has = (modelId: string): modelId is Models[number]["id"] => byId.has(modelId);
  const lookup = (modelId: string): AnyModel => {
    const model = byId.get(modelId);
    if (model === undefined) throw new UnknownModelError(modelId, [...byId.keys()]);
    return model;
  };
  const registry: Registry = {
    get: lookup as Registry["get"],
    lookup,
    list: () => [...byId.values()],
    has,
    exists: has,
    describe: (modelId, options) => describeModel(lookup(modelId), options),
    register: (model) => createRegistry([...byId.values(), model]) as Registry<never>,
    replace: (model) => {
      lookup(model.id);
      return createRegistry([...byId.values()].map((known) => (known.id === model.id ? model : known))) as Registry<never>;
    },
  };
  return Object.freeze(registry) as unknown as Registry<Models[number]>;
}
