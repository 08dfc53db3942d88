import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import type { Origin } from "../model/warning.ts";
import { checkLifecycle, checkModel } from "./check-model.ts";
import { activeModelKey } from "./setting-keys.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";
import { parseActiveModel } from "./stored-values.ts";
import { wayOut } from "./way-out.ts";

/** Which model runs, and who chose it. */
export interface ResolvedModel<M extends AnyModel = AnyModel> {
  readonly model: M;
  readonly origin: Origin;
  /** The version of the stored choice; `null` where none was stored. */
  readonly version: number | null;
  /** The key of the stored choice; `null` where none was stored. */
  readonly key: string | null;
}

/**
 * The model that runs: the requested one, else the project's active one, else the global one, else the default.
 * Its config is not looked at. A requested model may be one that takes no photo: building its input refuses the photo.
 * @throws {UnknownModelError} when the requested model is not registered.
 * @throws {ModelUnavailableError} when the model is retired, or a stored choice takes no photo or is not registered.
 * @throws {InvalidStoredSettingError} when a stored choice is no model id.
 */
export function resolveModel<Known extends AnyModel>(snapshot: SettingsSnapshot<Known>, modelId?: string): ResolvedModel<Known> {
  if (modelId === undefined) {
    const stored = findStored(snapshot);
    checkModel(stored.model, stored.key, stored.key === null ? "Choose another model." : wayOut.activeModel);
    return stored;
  }
  const model = snapshot.registry.lookup(modelId);
  checkLifecycle(model, null, "Choose another model.");
  return { model, origin: "request", version: null, key: null };
}

function findStored<Known extends AnyModel>(snapshot: SettingsSnapshot<Known>): ResolvedModel<Known> {
  const { projectId, registry, documents, defaultModelId } = snapshot;
  const ofProject = projectId === undefined ? undefined : documents.get(activeModelKey(projectId));
  const document = ofProject ?? documents.get(activeModelKey());
  if (document === undefined) return { model: registry.lookup(defaultModelId), origin: "default", version: null, key: null };
  const { key, version } = document;
  const modelId = parseActiveModel(document);
  if (!registry.has(modelId)) throw toUnknown(modelId, key, snapshot);
  return { model: registry.lookup(modelId), origin: ofProject === undefined ? "global" : "project", version, key };
}

function toUnknown(modelId: string, key: string, { registry }: SettingsSnapshot): ModelUnavailableError {
  const known = registry.list().map(({ id }) => id);
  const message = `is not registered; known models: ${known.join(", ")}`;
  return new ModelUnavailableError({
    modelId,
    reason: "unknown",
    problems: [{ field: "modelId", message }],
    key,
    wayOut: `${wayOut.activeModel} A model of your own is added with registry.register(defineModel({ … })).`,
  });
}
