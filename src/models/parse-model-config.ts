import type { AnyModel, Model } from "../model/model.ts";
import type { ModelConfig } from "../model/model-config.ts";
import type { ModelById, Registry } from "../model/registry.ts";
import { type BuiltInModel, registry as builtIn } from "./registry.ts";

/** The config type of a model. */
export type ConfigOfModel<M extends AnyModel> =
  M extends Model<string, infer Name, infer Fields, infer _> ? ModelConfig<Name, Fields> : never;

/**
 * Reads the config of a model from JSON text or an object, as the class that the model uses.
 * Pass your own registry for models of your own.
 * @throws {UnknownModelError} listing the known ids.
 * @throws {InvalidConfigError} with every problem at once.
 *
 * @example
 * ```ts
 * import { ModelId, parseModelConfig } from "restage/models";
 *
 * const config = parseModelConfig(ModelId.FluxKontextPro, '{"safety_tolerance": 2}');
 * config.safety_tolerance; // 2
 * ```
 */
export function parseModelConfig<Id extends BuiltInModel["id"]>(modelId: Id, json: unknown): ConfigOfModel<ModelById<BuiltInModel, Id>>;
export function parseModelConfig<Known extends AnyModel, Id extends Known["id"]>(
  modelId: Id,
  json: unknown,
  registry: Registry<Known>,
): ConfigOfModel<ModelById<Known, Id>>;
export function parseModelConfig(modelId: string, json: unknown, registry: Registry = builtIn): unknown {
  return registry.lookup(modelId).config.parse(json);
}
