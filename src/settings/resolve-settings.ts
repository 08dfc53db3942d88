import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import { readConfigLayers, toCallerLayer } from "./config-layers.ts";
import { type ResolvedConfig, resolveConfig } from "./resolve-config.ts";
import { type ResolvedModel, resolveModel } from "./resolve-model.ts";
import { type PriceInForce, resolvePrice } from "./resolve-price.ts";
import { activeModelKey, configKey, priceKey } from "./setting-keys.ts";
import { findStandIns, type Scope, type SettingsSnapshot } from "./settings-snapshot.ts";
import type { PatchOf } from "./settings-types.ts";

/** What a request says for itself. */
export interface SettingsRequest<M extends AnyModel = AnyModel> {
  /** Default: the active model. */
  readonly modelId?: M["id"] | undefined;
  /** Values for some fields, stronger than all that is stored; or a whole config of the model. */
  readonly config?: PatchOf<M> | undefined;
}

/** The model and the config that a staging runs with. */
export interface ResolvedSettings<M extends AnyModel = AnyModel> extends ConfigInForce<M> {
  readonly model: M;
  /** Who chose the model. */
  readonly modelOrigin: ResolvedModel["origin"];
  /** The version of the stored choice; `null` where none was stored. */
  readonly modelVersion: number | null;
  readonly price: PriceInForce;
}

/** A model's config as a staging uses it. */
export interface ConfigInForce<M extends AnyModel = AnyModel> extends ResolvedConfig<M> {
  /** The versions of the model's stored configs; `null` where there is none. */
  readonly versions: { readonly global: number | null; readonly project: number | null };
}

/**
 * The model and config that a staging runs with: request over project over global over the model's defaults, field by field.
 * Pure. Whether staging is paused is asked with `checkPaused`.
 * @throws {UnknownModelError} when the requested model is not registered.
 * @throws {ModelUnavailableError} when the model is retired, or a stored choice takes no photo or is not registered.
 * @throws {InvalidConfigError} when a requested value breaks the rules of the config.
 * @throws {InvalidInputError} when a requested value is one that the model refuses.
 * @throws {InvalidStoredSettingError} when what is stored cannot be used.
 */
export function resolveSettings<Known extends AnyModel>(
  snapshot: SettingsSnapshot<Known>,
  request: SettingsRequest<Known> = {},
): ResolvedSettings<Known> {
  const { model, origin, document } = resolveModel(snapshot, request.modelId);
  const resolved = resolveConfigOf(snapshot, model, request.config);
  const standIns = [...(request.modelId === undefined ? findStandIns(snapshot, activeModelKey) : []), ...findPriceStandIn(snapshot, model)];
  return {
    ...resolved,
    model,
    modelOrigin: origin,
    modelVersion: document?.version ?? null,
    price: resolvePrice(snapshot, model),
    warnings: [...standIns, ...resolved.warnings],
  };
}

/** The config of one model, whether or not it can stage photos. Throws as `resolveSettings` does for configs. */
export function resolveConfigOf<M extends AnyModel>(snapshot: SettingsSnapshot, model: M, patch?: PatchOf<M>): ConfigInForce<M> {
  const requested = patch === undefined ? [] : [toCallerLayer("request", model, patch)];
  const stored = readConfigLayers(snapshot, model);
  const findVersion = (scope: Scope) => stored.find(({ origin }) => origin === scope)?.document?.version ?? null;
  const versions = { global: findVersion("global"), project: findVersion("project") };
  const resolved = resolveConfig(model, [...requested, ...stored]);
  const standIns = findStandIns(snapshot, (projectId) => configKey(model, projectId));
  return { ...resolved, versions, warnings: [...findOutdated(snapshot), ...standIns, ...resolved.warnings] };
}

function findPriceStandIn({ standIns }: SettingsSnapshot, model: AnyModel): readonly Warning[] {
  const warning = standIns?.get(priceKey(model));
  return warning === undefined ? [] : [warning];
}

function findOutdated({ documents: { outdatedSince } }: SettingsSnapshot): readonly Warning[] {
  if (outdatedSince === undefined) return [];
  return [
    {
      severity: "warning",
      code: "outdated_settings",
      field: "settings",
      reason: `The settings could not be read: as they were at ${outdatedSince}`,
      wayOut: "Bring their store back; they are then read again",
    },
  ];
}
