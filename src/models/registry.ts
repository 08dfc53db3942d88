import { createRegistry, type Registry } from "../model/registry.ts";
import * as models from "./models.ts";

type Models = typeof models;

/** Any of the built-in models. */
export type BuiltInModel = Models[keyof Models];

/** The ids of the built-in models, by name. */
export const ModelId = /* @__PURE__ */ toModelIds(models);
/** The id of a built-in model. */
export type ModelId = BuiltInModel["id"];

/** The built-in models. Frozen: `registry.register(model)` gives a registry that has yours too. */
export const registry: Registry<BuiltInModel> = /* @__PURE__ */ createRegistry(/* @__PURE__ */ Object.values(models));

/** The model that runs where nobody chose one. */
export const defaultModelId = "qwen/qwen-image-edit" satisfies ModelId;

function toModelIds(named: Models): { readonly [Name in keyof Models as Capitalize<Name>]: Models[Name]["id"] } {
  const entries = Object.entries(named).map(([name, { id }]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, id]);
  return Object.freeze(Object.fromEntries(entries));
}
