import type { FormField } from "../model/form.ts";
import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import { type BuiltInModel, registry as builtIn } from "./registry.ts";

/** The config form of a model, in the shape that the Go service's admin panel reads. */
export interface ConfigSchema {
  readonly model_id: string;
  readonly display_name: string;
  readonly fields: readonly FormField[];
}

/**
 * The config form of a model: its own defaults, and only the values that it takes. `Model.config.schema()` gives the wider
 * one of the config class. Pass your own registry for models of your own.
 * @throws {UnknownModelError} listing the known ids.
 * @throws {InvalidConfigError} naming every field that no form can show.
 * @throws {InvalidModelError} naming every field that is the model's prompt or photo, or whose default it refuses.
 *
 * @example
 * ```ts
 * import { getConfigSchema, ModelId } from "restage/models";
 *
 * getConfigSchema(ModelId.FluxKontextPro).display_name; // "Flux Kontext Pro"
 * ```
 */
export function getConfigSchema<Known extends AnyModel = BuiltInModel>(
  modelId: Known["id"],
  registry: Registry<Known> = builtIn as unknown as Registry<Known>,
): ConfigSchema {
  const model = registry.lookup(modelId);
  return { model_id: model.id, display_name: model.name, fields: model.formFields() };
}
