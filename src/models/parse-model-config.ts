import type { AnyModel, ConfigOfModel } from "../model/model.ts";
import type { ModelById, Registry } from "../model/registry.ts";
import { type BuiltInModel, registry as builtIn } from "./registry.ts";

/**
 * Reads the config of a model from JSON text or an object, as the class that the model uses. Absent fields get the model's defaults.
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
  const { config, defaultPatch } = registry.lookup(modelId);
  return config.parse(json, defaultPatch);
}
