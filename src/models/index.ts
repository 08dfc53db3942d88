export { InvalidConfigError } from "../errors/invalid-config-error.ts";
export { InvalidInputError } from "../errors/invalid-input-error.ts";
export { InvalidModelError } from "../errors/invalid-model-error.ts";
export type { Problem } from "../errors/problem.ts";
export { RestageError } from "../errors/restage-error.ts";
export { UnknownModelError } from "../errors/unknown-model-error.ts";
export { defineConfig } from "../model/define-config.ts";
export { defineModel } from "../model/define-model.ts";
export type { DescribeOptions, ModelDescription } from "../model/describe-model.ts";
export type { FormField, FormValue } from "../model/form.ts";
export type { FormOption, FormProperty, FormSchema } from "../model/form-schema.ts";
export type { FieldJsonSchema, JsonType } from "../model/json-schema.ts";
export type { AnyModel, BuildRequest, BuiltInput, Capabilities, ConfigOfModel, Lifecycle, Model, ModelDefinition } from "../model/model.ts";
export type {
  ConfigClass,
  ConfigMap,
  ConfigOf,
  ConfigPatch,
  ConfigValues,
  FieldTable,
  FieldType,
  ModelConfig,
} from "../model/model-config.ts";
export type { Cost, MicroUsd, Price } from "../model/price.ts";
export type { InputOf, PublishedField, PublishedImage, PublishedInput } from "../model/published-input.ts";
export { createRegistry, type ModelById, type Registry } from "../model/registry.ts";
export type { JsonFormsElement, JsonFormsForm } from "../model/to-json-forms.ts";
export type { RjsfForm } from "../model/to-rjsf.ts";
export type { Origin, Warning } from "../model/warning.ts";
export { FluxKontextConfig } from "./flux-kontext-config.ts";
export { type ConfigSchema, getConfigSchema } from "./get-config-schema.ts";
export * from "./models.ts";
export { parseModelConfig } from "./parse-model-config.ts";
export { QwenConfig } from "./qwen-config.ts";
export { type BuiltInModel, defaultModelId, ModelId, registry } from "./registry.ts";
export { SeedreamConfig } from "./seedream-config.ts";
