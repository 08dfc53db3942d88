import { InvalidStoredSettingError } from "../../errors/invalid-stored-setting-error.ts";
import type { Problem } from "../../errors/problem.ts";
import type { AnyModel } from "../../model/model.ts";
import type { Cost } from "../../model/price.ts";
import type { Origin, Warning } from "../../model/warning.ts";
import type { ConfigDocument } from "../../settings/config-store.ts";
import { findStrays } from "../../settings/find-strays.ts";
import { type ConfigInForce, resolveConfigOf } from "../../settings/resolve-settings.ts";
import { configKey } from "../../settings/setting-keys.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { storedSchemas } from "../../settings/stored-values.ts";
import { ownDocument } from "./own-document.ts";
import { toEstimate } from "./to-estimate.ts";
import { toIssues } from "./to-issues.ts";

type Values = Readonly<Record<string, unknown>>;

/** The config of a model, of a project or the global one. */
export interface ConfigView {
  readonly modelId: string;
  /** The fields that are stored in this scope. */
  readonly values: Values;
  /** What a staging would use; `null` in a field that is unset, and as a whole where what is stored cannot be used. */
  readonly inForce: Values | null;
  /** Where each value in force comes from. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** What each field falls back to where this scope leaves it out. */
  readonly inherited: Values | null;
  /** The version of what is stored in this scope; `null` where nothing is. */
  readonly version: number | null;
  readonly warnings: readonly Warning[];
  /** The most that one staging can cost; `null` where nothing could run. */
  readonly estimate: Cost | null;
  /** Stored fields that this release does not know: kept, no effect. */
  readonly unknownFields: readonly string[];
  /** Why what is stored cannot be used; none where it can. */
  readonly issues: readonly Problem[];
}

/** What is stored of a model's config, and what comes of it. Pure. */
export function toConfigView(snapshot: SettingsSnapshot, model: AnyModel): ConfigView {
  const toKey = (projectId?: string) => configKey(model, projectId);
  const own = ownDocument(snapshot, toKey);
  const strays = findStrays(model, own?.value);
  const stored = Object.entries(readValues(own)).filter(([name]) => Object.hasOwn(model.config.fields, name));
  const common = {
    modelId: model.id,
    values: Object.fromEntries(stored),
    inherited: findInherited(snapshot, model, toKey(snapshot.projectId)),
    version: own?.version ?? null,
    unknownFields: strays.map(([name]) => name.slice(0, 100)),
  };
  try {
    const resolved = resolveConfigOf(snapshot, model);
    const { origins, warnings } = resolved;
    return { ...common, inForce: toValues(resolved), origins, warnings, estimate: findEstimate(snapshot, model, resolved), issues: [] };
  } catch (error) {
    return { ...common, inForce: null, origins: {}, warnings: [], estimate: null, issues: toIssues(error) };
  }
}

// A stored price that is none stops stagings, but nothing is wrong with the config.
function findEstimate(snapshot: SettingsSnapshot, model: AnyModel, resolved: ConfigInForce): Cost | null {
  try {
    return toEstimate(snapshot, model, resolved);
  } catch (error) {
    if (!InvalidStoredSettingError.is(error)) throw error;
    return null;
  }
}

function readValues(document: ConfigDocument | undefined): Values {
  return storedSchemas().config.safeParse(document?.value).data?.config ?? {};
}

function findInherited(snapshot: SettingsSnapshot, model: AnyModel, key: string): Values | null {
  const documents = new Map(snapshot.documents);
  documents.delete(key);
  try {
    return toValues(resolveConfigOf({ ...snapshot, documents }, model));
  } catch (error) {
    toIssues(error);
    return null;
  }
}

function toValues({ fields }: ConfigInForce): Values {
  return Object.fromEntries(fields.map(({ field, value }) => [field, value]));
}
