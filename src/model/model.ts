import type { FormField } from "./form.ts";
import type { ConfigClass, ConfigPatch, FieldTable, ModelConfig } from "./model-config.ts";
import type { Price } from "./price.ts";
import type { InputOf, PublishedInput } from "./published-input.ts";
import type { Warning } from "./warning.ts";

/** Whether a model can still be used. */
export type Lifecycle =
  | { readonly status: "active" }
  | {
      readonly status: "retired";
      /** The day it ended, as `YYYY-MM-DD`. */
      readonly since: string;
      /** Why, with its source. */
      readonly reason: string;
      /** The id of the model to use instead. */
      readonly replacement?: string;
    };

/** Everything that makes a model: plain data, and its config class. */
export interface ModelDefinition<
  Id extends string = string,
  Name extends string = string,
  Fields extends FieldTable = FieldTable,
  Published extends PublishedInput = PublishedInput,
> {
  /** `owner/name` on Replicate. */
  readonly id: Id;
  /** The name that people see. */
  readonly name: string;
  readonly description: string;
  /** `"latest"` (default): Replicate's current version. Else 64 hex digits: every prediction runs that version. */
  readonly version?: string;
  /** The name of the model in the settings: `qwen` is kept in the document `model_config_qwen`. Lower case, digits, underscores. */
  readonly settingsKey: string;
  readonly config: ConfigClass<Name, Fields>;
  /** Where this model starts from a value other than the default of its config class. */
  readonly defaultPatch?: ConfigPatch<Fields>;
  readonly published: Published;
  /** The number of images that an input may give at most; they are all paid. Default: one. */
  readonly maximumOutputs?: (input: Readonly<Record<string, unknown>>) => number;
  /** The megapixels that its images may have at most, all of an input's together. Absent: unknown, as is then a cost per megapixel. */
  readonly maximumMegapixels?: (input: Readonly<Record<string, unknown>>) => number;
  /** Absent: the price is unknown. */
  readonly price?: Price;
  /** What a prediction usually takes from start to end, in milliseconds: the client polls accordingly. Default 10,000. */
  readonly usualDurationMs?: number;
  /** Default: active. */
  readonly lifecycle?: Lifecycle;
}

/** What a model can do, worked out from what it publishes. */
export interface Capabilities {
  readonly takesPhoto: boolean;
  readonly maximumPhotos: number;
  /** Whether the same seed repeats a result. */
  readonly takesSeed: boolean;
  readonly output: "one" | "many";
}

/** What an input is built from. The photo is required by models that take one, and refused by those that do not. */
export type BuildRequest<
  Name extends string = string,
  Fields extends FieldTable = FieldTable,
  Published extends PublishedInput = PublishedInput,
> = {
  readonly prompt: string;
  /** Default: the model's own `defaultConfig`. */
  readonly config?: ModelConfig<Name, Fields> | undefined;
  /** Inputs that the config does not know, sent as they are. They win over the config. */
  readonly extraInput?: Readonly<Record<string, unknown>> | undefined;
} & (Published["image"] extends null
  ? { readonly imageUrl?: undefined }
  : {
      /** An https or data URL (or http on the loopback address, for a local simulator). */
      readonly imageUrl: string;
    });

/** An input, and what one should know before paying for it. */
export interface BuiltInput<Published extends PublishedInput = PublishedInput> {
  readonly input: InputOf<Published>;
  readonly warnings: readonly Warning[];
}

/** A model: its definition, and what it answers for itself. */
export interface Model<
  Id extends string = string,
  Name extends string = string,
  Fields extends FieldTable = FieldTable,
  Published extends PublishedInput = PublishedInput,
> extends ModelDefinition<Id, Name, Fields, Published> {
  readonly version: string;
  readonly usualDurationMs: number;
  readonly lifecycle: Lifecycle;
  readonly capabilities: Capabilities;
  /** The config that this model starts from. */
  readonly defaultConfig: ModelConfig<Name, Fields>;
  maximumOutputs(input: Readonly<Record<string, unknown>>): number;
  /**
   * The input that Replicate gets, built offline: prompt and photo under the model's own keys, and what it publishes of the config.
   * @throws {InvalidInputError} with every problem at once: no prompt, no photo, a photo too many, values that the model refuses.
   * @throws {InvalidConfigError} when the config breaks its class's rules.
   */
  buildInput(request: BuildRequest<Name, Fields, Published>): BuiltInput<Published>;
  /**
   * The form fields of the config for this model: its own defaults, narrowed to the values that it takes.
   * @throws {InvalidConfigError} naming every field that no form can show.
   * @throws {InvalidModelError} naming every field that is the prompt or the photo, or whose default the model refuses.
   */
  formFields(): readonly FormField[];
}

/** Any model, for code that serves all of them. */
// biome-ignore lint/suspicious/noExplicitAny: a model's methods take its own types, so only `any` holds every model
export type AnyModel = Model<string, any, any, any>;

/** The config type of a model. */
export type ConfigOfModel<M extends AnyModel> =
  M extends Model<string, infer Name, infer Fields, infer _> ? ModelConfig<Name, Fields> : never;
