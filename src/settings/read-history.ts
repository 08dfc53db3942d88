import { toStableText } from "../basics/to-stable-text.ts";
import type { AnyModel } from "../model/model.ts";
import type { ConfigVersion, HistoryOptions } from "./config-store.ts";
import type { Json } from "./json.ts";
import { type SettingTarget, toSettingKey } from "./setting-keys.ts";
import type { SettingsSource } from "./settings-snapshot.ts";
import { storedSchemas } from "./stored-values.ts";

/** What a version changed of one field. */
export interface SettingChange {
  /** A field of a config; `(value)` where the setting is no config of the model. */
  readonly field: string;
  /** Absent where nothing stood there. */
  readonly before?: Json;
  /** Absent where nothing stands there any more. */
  readonly after?: Json;
}

/** A version, and what it changed against the one before it. */
export type SettingVersion = ConfigVersion & { readonly changes: readonly SettingChange[] };

/** A part of a history, newest first. Plain JSON. */
export interface SettingHistory {
  readonly versions: readonly SettingVersion[];
  /** Present where there are older ones. */
  readonly cursor?: number;
}

/** The versions of a setting with their changes. See `Settings.history`. */
export async function readHistory<Known extends AnyModel>(
  { store, registry }: SettingsSource<Known>,
  target: SettingTarget<Known["id"]>,
  page: HistoryOptions | undefined,
): Promise<SettingHistory> {
  const key = toSettingKey(registry, target);
  const { versions, ...next } = await store.history(key, page);
  const older = next.cursor === undefined ? [] : (await store.history(key, { cursor: next.cursor, limit: 1 })).versions;
  const all = [...versions, ...older];
  const modelId = target.setting === "config" ? target.modelId : undefined;
  const toFields = (version: ConfigVersion | undefined) => readFields(version, modelId);
  return {
    versions: versions.map((version, index) => ({ ...version, changes: findChanges(toFields(all[index + 1]), toFields(version)) })),
    ...next,
  };
}

function readFields(version: ConfigVersion | undefined, modelId: string | undefined): ReadonlyMap<string, unknown> {
  if (version === undefined || version.deleted) return new Map();
  const { data } = storedSchemas().config.safeParse(version.value);
  return new Map(data && data.modelId === modelId ? Object.entries(data.config) : [["(value)", version.value]]);
}

function findChanges(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): readonly SettingChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => toStableText(before.get(field)) !== toStableText(after.get(field)))
    .map((field) => ({
      field,
      ...(before.has(field) && { before: before.get(field) as Json }),
      ...(after.has(field) && { after: after.get(field) as Json }),
    }));
}
