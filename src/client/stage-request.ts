import type { AnyModel, Model } from "../model/model.ts";
import type { ConfigPatch, ModelConfig } from "../model/model-config.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { StagingPromptOptions } from "../prompt/staging-prompt-options.ts";
import type { ImageSource } from "./read-photo.ts";

/** What a service asks for: a photo, what it should become, and optionally by which model and settings. */
export type StageRequest<Known extends AnyModel = BuiltInModel> = StagingPromptOptions & {
  /** The photo of the room. Left out only for a model that takes none. */
  readonly image?: ImageSource | undefined;
  /** Inputs that the model's config does not know, sent as they are and kept on the run. */
  readonly extraInput?: Readonly<Record<string, unknown>> | undefined;
  /** Whose settings apply before the global ones. */
  readonly projectId?: string | undefined;
  /** What belongs together, such as the photos of one listing. */
  readonly group?: string | undefined;
  /** How many runs the group will have: when so many are over, an event `group.completed` tells it. */
  readonly groupSize?: number | undefined;
  /** The variant of an experiment, for the books. */
  readonly variant?: string | undefined;
  /** The same key with the same request joins the run of the first; with another request it is an `IdempotencyConflictError`. */
  readonly idempotencyKey?: string | undefined;
} & ModelChoice<Known>;

/** A model with values for its config; or neither model nor types, where the active model decides. */
export type ModelChoice<Known extends AnyModel> =
  | {
      readonly modelId?: undefined;
      /** Values for whichever model is active; checked when it is known. */
      readonly config?: Readonly<Record<string, unknown>> | undefined;
    }
  | ChoiceOf<Known>;

type ChoiceOf<M extends AnyModel> =
  M extends Model<infer Id, infer Name, infer Fields, infer _>
    ? {
        readonly modelId: Id;
        /** Values that win over every stored setting, field by field. */
        readonly config?: (ConfigPatch<Fields> & { readonly configName?: undefined }) | ModelConfig<Name, Fields> | undefined;
      }
    : never;
