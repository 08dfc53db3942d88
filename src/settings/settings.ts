import type { AnyModel } from "../model/model.ts";
import type { Price } from "../model/price.ts";
import type { Registry } from "../model/registry.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { ActiveModel } from "./active-model.ts";
import type { Audit } from "./audit-settings.ts";
import type { Pause } from "./check-paused.ts";
import type { ConfigWriteOptions, HistoryOptions, TrailOptions, TrailPage } from "./config-store.ts";
import type { Explanation } from "./explain-settings.ts";
import type { SettingsExport } from "./export-settings.ts";
import type { ImportOptions, ImportResult } from "./import-settings.ts";
import type { SettingHistory } from "./read-history.ts";
import type { PriceInForce } from "./resolve-price.ts";
import type { ConfigInForce } from "./resolve-settings.ts";
import type { RolledBack } from "./rollback.ts";
import type { SavedConfig } from "./save-config.ts";
import type { SettingTarget } from "./setting-keys.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";
import type { KnownModel, PatchOf, ProjectOptions, SettingWriteOptions } from "./settings-types.ts";

/** What a staging needs of the settings. */
export interface SettingsReader<Known extends AnyModel = AnyModel> {
  /** The models that can be chosen. */
  readonly registry: Registry<Known>;
  /**
   * Everything that a staging of this project could need, in one call of the store.
   * @throws {InvalidSettingError} for a project id of a wrong shape.
   */
  read(options?: ProjectOptions): Promise<SettingsSnapshot<Known>>;
}

/** The settings that admins change at run time. */
export interface Settings<Known extends AnyModel = BuiltInModel> extends SettingsReader<Known> {
  /**
   * The model that runs where a request names none: the project's, else the global one, else the default.
   * @throws {ModelUnavailableError} when it is not registered, takes no photo, is retired or has an invalid config.
   * @throws {InvalidStoredSettingError} when the stored choice is no model id.
   */
  active(options?: ProjectOptions): Promise<ActiveModel<Known["id"]>>;
  /**
   * Chooses the model that runs where a request names none.
   * @throws {UnknownModelError} when it is not registered.
   * @throws {ModelUnavailableError} when it takes no photo, is retired, or its config is invalid or one that the model refuses.
   * @throws {VersionConflictError} when another version is stored than `expectedVersion`.
   */
  setActive(modelId: Known["id"], options: SettingWriteOptions): Promise<ActiveModel<Known["id"]>>;
  /** Takes the choice away: a project inherits the global one again. Gives the version of the deletion, `null` where there was none. */
  resetActive(options: SettingWriteOptions): Promise<number | null>;
  /**
   * A model's config as a staging would use it, and where each value comes from.
   * @throws {UnknownModelError} when the model is not registered.
   * @throws {InvalidStoredSettingError} when what is stored breaks the config's rules or is what the model refuses.
   */
  config<Id extends Known["id"]>(modelId: Id, options?: ProjectOptions): Promise<ConfigInForce<KnownModel<Known, Id>>>;
  /**
   * Stores these fields, and no others, as the model's config; what they leave out is inherited. `null` unsets a field that a weaker
   * setting fills. Stored fields that this release does not know are kept.
   * @throws {UnknownModelError} when the model is not registered.
   * @throws {InvalidConfigError} when the result breaks the config's rules, with every problem at once.
   * @throws {InvalidInputError} when the result is what the model refuses, with every problem at once.
   * @throws {InvalidStoredSettingError} when the global config, which a project inherits from, cannot be used.
   * @throws {VersionConflictError} when another version is stored than `expectedVersion`.
   */
  saveConfig<Id extends Known["id"]>(
    modelId: Id,
    patch: PatchOf<KnownModel<Known, Id>>,
    options: SettingWriteOptions,
  ): Promise<SavedConfig>;
  /** Deletes a stored config, unknown fields too. Gives the version of the deletion, `null` where there was none. */
  resetConfig(modelId: Known["id"], options: SettingWriteOptions): Promise<number | null>;
  /**
   * What a model costs: the owner's price, else the one it is defined with. Stagings are estimated by it, and settled by the one that was
   * in force when they were planned.
   * @throws {UnknownModelError} when the model is not registered.
   * @throws {InvalidStoredSettingError} when the stored price is none.
   */
  price(modelId: Known["id"]): Promise<PriceInForce>;
  /**
   * Stores the owner's own price of a model, for all projects.
   * @throws {UnknownModelError} when the model is not registered.
   * @throws {InvalidSettingError} when it is no price, with every problem at once.
   * @throws {VersionConflictError} when another version is stored than `expectedVersion`.
   */
  setPrice(modelId: Known["id"], price: Price, options: ConfigWriteOptions): Promise<PriceInForce>;
  /** Takes the owner's price away. Gives the version of the deletion, `null` where there was none. */
  resetPrice(modelId: Known["id"], options: ConfigWriteOptions): Promise<number | null>;
  /**
   * All versions of a setting as they were stored, newest first, each with what it changed against the one before it:
   * `settings.history({ setting: "config", modelId })`.
   */
  history(target: SettingTarget<Known["id"]>, options?: HistoryOptions): Promise<SettingHistory>;
  /** All versions of all settings, deleted ones too: the audit trail. By key, each key oldest first. */
  trail(options?: TrailOptions): Promise<TrailPage>;
  /**
   * Writes an old version again as a new one, or deletes again where the old one was a deletion.
   * @throws {UnknownVersionError} when there is no such version.
   * @throws {ModelUnavailableError} when the old active model cannot stage photos any more.
   * @throws {InvalidStoredSettingError} when the old value is no longer valid.
   * @throws {VersionConflictError} when another version is stored than `expectedVersion`.
   */
  rollback(target: SettingTarget<Known["id"]>, version: number, options: ConfigWriteOptions): Promise<RolledBack>;
  /**
   * Why a staging would run which model with which values. Plain JSON.
   * @throws what a staging with these settings would throw before it sends anything, a pause excepted.
   */
  explain<Id extends Known["id"]>(
    request?: ProjectOptions & { readonly modelId?: Id | undefined; readonly config?: PatchOf<KnownModel<Known, Id>> | undefined },
  ): Promise<Explanation>;
  /**
   * Lets no staging start, of all projects or of one. Gives the version of the stored pause.
   * @throws {InvalidSettingError} when the reason is blank or past 500 characters.
   */
  pause(options: SettingWriteOptions & { readonly reason: string }): Promise<number>;
  /** Ends a pause. Gives the version of the deletion, `null` where there was none. */
  unpause(options: SettingWriteOptions): Promise<number | null>;
  /** The pause in force, the global one first; `null` where there is none. */
  paused(options?: ProjectOptions): Promise<Pause | null>;
  /**
   * Checks every stored document, of all projects: whether a staging that uses it would run, run with warnings or be refused, and why.
   * Writes nothing, and is not stopped by a document that is broken.
   */
  audit(): Promise<Audit>;
  /** Everything that is stored now, of all projects, as plain JSON for `import`. Without the history: that is `trail`. */
  export(): Promise<SettingsExport>;
  /**
   * Writes what an export holds and the store does not, each document as a new version of its own, unknown keys too; deletes nothing. All
   * documents are checked first: where one is refused, or stands on another version than `expected`, nothing is written. One that only the
   * store refuses ends the import. Where the store fails on the way, import again: what is there already is skipped.
   * @throws {InvalidSettingError} when the data is no export, or the author or the note has a wrong shape.
   * @throws what the store throws, with the `rows` of the result as far as they are written.
   */
  import(data: unknown, options: ImportOptions): Promise<ImportResult>;
}
