import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Origin } from "../model/warning.ts";
import { checkModel } from "./check-model.ts";
import type { ConfigDocument } from "./config-store.ts";
import { activeModelKey } from "./setting-keys.ts";
import { findDocuments, type SettingsSnapshot } from "./settings-snapshot.ts";
import { parseStored } from "./stored-values.ts";

/** Which model runs, and who chose it. */
export interface ResolvedModel<M extends AnyModel = AnyModel> {
  readonly model: M;
  readonly origin: Origin;
  /** The stored choice; `undefined` where none was stored. */
  readonly document: ConfigDocument | undefined;
}

/**
 * The model that runs: the requested one, else the project's active one, else the global one, else the default.
 * Its config is not looked at. A requested model may be one that takes no photo: building its input refuses the photo.
 * @throws {UnknownModelError} when the requested model is not registered.
 * @throws {ModelUnavailableError} when the model is retired, or a stored choice takes no photo or is not registered.
 * @throws {InvalidStoredSettingError} when a stored choice is no model id.
 */
export function resolveModel<Known extends AnyModel>(snapshot: SettingsSnapshot<Known>, modelId?: string): ResolvedModel<Known> {
  const { registry, defaultModelId } = snapshot;
  if (modelId !== undefined) {
    const model = registry.lookup(modelId) as Known;
    checkModel(model, undefined, false);
    return { model, origin: "request", document: undefined };
  }
  const { document, scope: origin = "default" } = findDocuments(snapshot, activeModelKey)[0] ?? {};
  const id = document === undefined ? defaultModelId : parseStored("active_model", document);
  if (!registry.has(id)) {
    const known = registry.list().map((model) => model.id);
    const message = `is not registered. Known models: ${known.join(", ")}`;
    throw new ModelUnavailableError({ modelId: id, reason: "unknown", problems: [{ field: "modelId", message }], key: document?.key });
  }
  const model = registry.lookup(id) as Known;
  checkModel(model, document);
  return { model, origin, document };
}
