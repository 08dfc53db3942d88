import type { AnyModel, Model } from "../model/model.ts";
import type { ConfigPatch, ModelConfig } from "../model/model-config.ts";
import type { ConfigWriteOptions } from "./config-store.ts";

/** Whose settings. */
export interface ProjectOptions {
  /** 1 to 128 characters without control characters and slashes. Absent: the global settings. */
  readonly projectId?: string | undefined;
}

/** Whose settings are written, by whom, and on which version. */
export interface SettingWriteOptions extends ConfigWriteOptions, ProjectOptions {}

/** The model of an id; any of the known ones where ids are plain strings. */
export type KnownModel<Known extends AnyModel, Id extends string> = string extends Known["id"]
  ? Known
  : Known extends { readonly id: Id }
    ? Known
    : never;

/** The config type of a model. */
export type ConfigFor<M extends AnyModel> = M extends Model<string, infer Name, infer Fields, infer _> ? ModelConfig<Name, Fields> : never;

/** Values for some fields of a model's config, `null` to unset one, or a whole config of the model. */
export type PatchOf<M extends AnyModel> =
  M extends Model<string, infer Name, infer Fields, infer _>
    ? ModelConfig<Name, Fields> | (ConfigPatch<Fields> & { readonly configName?: undefined })
    : never;

/** For each field of a model's config, something about it. */
export type ByField<M extends AnyModel, Value> =
  M extends Model<string, infer _, infer Fields, infer __> ? { readonly [Name in keyof Fields]: Value } : never;
