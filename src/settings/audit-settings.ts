import type { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import type { Problem } from "../errors/problem.ts";
import type { AnyModel } from "../model/model.ts";
import type { Warning } from "../model/warning.ts";
import { checkSetting } from "./check-setting.ts";
import type { Author, ConfigDocument, DocumentMap, DocumentVersion } from "./config-store.ts";
import { findStrays } from "./find-strays.ts";
import { parseSettingKey } from "./parse-setting-key.ts";
import { readAll } from "./read-all.ts";
import type { SettingTarget } from "./setting-keys.ts";
import type { SettingsSource } from "./settings-snapshot.ts";

/** What a staging that uses a stored setting would do: run, run with warnings, or be refused. `"unknown"`: it is no setting of this registry. */
export type Verdict = "fine" | "warnings" | "refused" | "unknown";

/** What one stored document is, and what is wrong with it. */
export interface CheckedDocument extends DocumentVersion {
  readonly projectId: string | null;
  /** `null` where the key is unknown. */
  readonly setting: SettingTarget["setting"] | null;
  /** The model of a config or a price, else `null`. */
  readonly modelId: string | null;
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
  /** What a staging would be warned of, those of inherited values included. */
  readonly warnings: readonly Warning[];
  /** Fields of a config that this release does not know: kept, no effect. */
  readonly unknownFields: readonly string[];
}

/** A row of an audit. */
export interface AuditRow extends CheckedDocument {
  readonly author: Author | null;
  /** ISO 8601 in UTC. */
  readonly updatedAt: string;
}

/** Every stored document, checked. Plain JSON. */
export interface Audit {
  readonly counts: Readonly<Record<Verdict, number>>;
  /** By key, in code point order. */
  readonly rows: readonly AuditRow[];
}

/** Checks every stored document, and writes nothing. See `Settings.audit`. */
export async function auditSettings(source: SettingsSource): Promise<Audit> {
  const documents = await readAll(source.store);
  const rows = Array.from(documents.values(), (document) => {
    const { author, updatedAt } = document;
    return { ...checkDocument(source, documents, document), author, updatedAt };
  });
  const counts = { fine: 0, warnings: 0, refused: 0, unknown: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return { counts, rows };
}

/**
 * Checks one of these documents, a project's with the global ones below it, after whatever else must hold. Never throws: what is thrown
 * is its problem.
 */
export function checkDocument<Known extends AnyModel>(
  { registry, defaultModelId }: SettingsSource<Known>,
  documents: DocumentMap,
  { key, version, value }: Pick<ConfigDocument, "key" | "version" | "value">,
  checkFirst?: () => unknown,
): CheckedDocument {
  const target = parseSettingKey(registry, key);
  const { setting = null, projectId } = target ?? {};
  const modelId = target && "modelId" in target ? target.modelId : null;
  const unknownFields = modelId === null || setting !== "config" ? [] : findStrays(registry.lookup(modelId), value).map(([name]) => name);
  const row = { key, version, projectId: projectId ?? null, setting, modelId, problems: [], warnings: [], unknownFields };
  try {
    checkFirst?.();
    if (target === undefined) return { ...row, verdict: "unknown" };
    const warnings = checkSetting({ registry, defaultModelId, projectId, documents }, target);
    return { ...row, verdict: warnings.length === 0 ? "fine" : "warnings", warnings };
  } catch (error) {
    return { ...row, verdict: "refused", problems: findProblems(error, key) };
  }
}

/** What an error tells of a document; a problem of another one, on which this one stands, under that one's key. */
function findProblems(error: unknown, ownKey: string): readonly Problem[] {
  const {
    message = error,
    key = ownKey,
    problems = [{ field: "(value)", message: String(message) }],
  } = Object(error) as Partial<InvalidStoredSettingError>;
  const place = key === ownKey || key === null ? "" : `${key}.`;
  return problems.map(({ field, message }) => ({ field: place + field, message }));
}
