import { InvalidStoredSettingError } from "../../errors/invalid-stored-setting-error.ts";
import type { AnyModel, Capabilities, Lifecycle } from "../../model/model.ts";
import type { Price } from "../../model/price.ts";
import { checkModel } from "../../settings/check-model.ts";
import { resolvePrice } from "../../settings/resolve-price.ts";
import { resolveConfigOf } from "../../settings/resolve-settings.ts";
import { configKey } from "../../settings/setting-keys.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { type ActiveView, toActiveView } from "./to-active-view.ts";
import { toRefusal } from "./to-issues.ts";

/** A model as an admin sees it in a list. */
export interface ModelView {
  readonly modelId: string;
  readonly displayName: string;
  readonly description: string;
  readonly capabilities: Capabilities;
  /** The owner's, else the one it is defined with; `null` where nobody knows. */
  readonly price: Price | null;
  readonly lifecycle: Lifecycle;
  readonly isActive: boolean;
  readonly canBeActive: boolean;
  /** Why it cannot be active; `null`: it can. */
  readonly refusal: string | null;
  readonly configVersion: number | null;
}

/** All models, and which one is active. Pure. */
export function toModelsView(snapshot: SettingsSnapshot): { readonly models: readonly ModelView[]; readonly active: ActiveView } {
  const active = toActiveView(snapshot);
  return { models: snapshot.registry.list().map((model) => toModelView(snapshot, model, active)), active };
}

function toModelView(snapshot: SettingsSnapshot, model: AnyModel, active: ActiveView): ModelView {
  const { id: modelId, name: displayName, description, capabilities, lifecycle } = model;
  const refusal = findRefusal(snapshot, model);
  return {
    modelId,
    displayName,
    description,
    capabilities,
    price: findPrice(snapshot, model),
    lifecycle,
    isActive: active.modelId === modelId,
    canBeActive: refusal === null,
    refusal,
    configVersion: snapshot.documents.get(configKey(model, snapshot.projectId))?.version ?? null,
  };
}

// None where the stored one cannot be read: its own view says why.
function findPrice(snapshot: SettingsSnapshot, model: AnyModel): Price | null {
  try {
    return resolvePrice(snapshot, model).price;
  } catch (error) {
    if (!InvalidStoredSettingError.is(error)) throw error;
    return null;
  }
}

function findRefusal(snapshot: SettingsSnapshot, model: AnyModel): string | null {
  try {
    checkModel(model, undefined);
    resolveConfigOf(snapshot, model);
    return null;
  } catch (error) {
    return toRefusal(error);
  }
}
