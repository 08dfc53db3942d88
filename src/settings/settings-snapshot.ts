import type { AnyModel } from "../model/model.ts";
import type { Registry } from "../model/registry.ts";
import type { Warning } from "../model/warning.ts";
import type { ConfigDocument, ConfigStore, DocumentMap } from "./config-store.ts";
import { activeModelKey, configKey, pauseKey, priceKey } from "./setting-keys.ts";

/** Where settings are read from, and for which models. */
export interface SettingsSource<Known extends AnyModel = AnyModel> {
  readonly store: ConfigStore;
  readonly registry: Registry<Known>;
  readonly defaultModelId: Known["id"];
}

/**
 * Everything stored that a staging could need, read at one moment. Never changes; `checkPaused`, `resolveSettings`, `resolveModel`
 * and `explainSettings` work the rest out of it without reading again.
 */
export interface SettingsSnapshot<Known extends AnyModel = AnyModel> {
  /** `undefined`: no project's settings were read, only the global ones. */
  readonly projectId: string | undefined;
  readonly registry: Registry<Known>;
  readonly defaultModelId: Known["id"];
  /** The documents by key, as they are stored, checked only where they are used. */
  readonly documents: DocumentMap;
  /** By key what is to be said of documents that an earlier version stands in for. */
  readonly standIns?: ReadonlyMap<string, Warning>;
}

/** Whose settings: those of one project, or everybody's. */
export type Scope = "project" | "global";

/** The scope of a project id. */
export function toScope(projectId: string | undefined): Scope {
  return projectId === undefined ? "global" : "project";
}

/**
 * Reads all settings of a project, or the global ones, with one call of the store.
 * @throws {InvalidSettingError} for a project id that no key can hold.
 */
export async function readSnapshot<Known extends AnyModel>(
  { store, registry, defaultModelId }: SettingsSource<Known>,
  projectId: string | undefined,
): Promise<SettingsSnapshot<Known>> {
  const keys = toOwners(projectId).flatMap((owner) => [
    activeModelKey(owner),
    pauseKey(owner),
    ...registry.list().map((model) => configKey(model, owner)),
  ]);
  const documents = await store.getMany([...keys, ...registry.list().map((model) => priceKey(model))]);
  return Object.freeze({ projectId, registry, defaultModelId, documents });
}

/** The documents of one setting, strongest first: the project's, then the global one. */
export function findDocuments(
  { documents, projectId }: SettingsSnapshot,
  toKey: (projectId?: string) => string,
): readonly { readonly scope: Scope; readonly document: ConfigDocument }[] {
  return toOwners(projectId).flatMap((owner) => {
    const document = documents.get(toKey(owner));
    return document === undefined ? [] : [{ scope: toScope(owner), document }];
  });
}

/** What is to be said of the documents of one setting that an earlier version stands in for. */
export function findStandIns({ standIns, projectId }: SettingsSnapshot, toKey: (projectId?: string) => string): readonly Warning[] {
  return toOwners(projectId).flatMap((owner) => standIns?.get(toKey(owner)) ?? []);
}

function toOwners(projectId: string | undefined): readonly (string | undefined)[] {
  return projectId === undefined ? [undefined] : [projectId, undefined];
}
