import { once } from "../basics/once.ts";
import { toStableText } from "../basics/to-stable-text.ts";
import { z } from "../basics/z.ts";
import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { Problem } from "../errors/problem.ts";
import { VersionConflictError } from "../errors/version-conflict-error.ts";
import type { Warning } from "../model/warning.ts";
import { checkDocument } from "./audit-settings.ts";
import { checkCall } from "./check-call.ts";
import type { ConfigDocument, ConfigWriteOptions } from "./config-store.ts";
import type { Json } from "./json.ts";
import { readAll } from "./read-all.ts";
import type { SettingsSource } from "./settings-snapshot.ts";

/** Who imports, and what for. */
export interface ImportOptions extends Omit<ConfigWriteOptions, "expectedVersion"> {
  /** Only tells what it would do. Default `false`. */
  readonly dryRun?: boolean | undefined;
  /** By key the version that must be stored, 0 for none. Default: those that are stored when the import begins. */
  readonly expected?: Readonly<Record<string, number>> | undefined;
}

/**
 * What became of a document. `ready`: it would be written, but was not, since this was a dry run or another one is refused or in
 * conflict. `conflict`: another version is stored than the expected one.
 */
export type ImportOutcome = "written" | "unchanged" | "ready" | "refused" | "conflict";

/** One document of an import. */
export interface ImportRow {
  readonly key: string;
  readonly outcome: ImportOutcome;
  /** The version that is stored now; 0 for none. */
  readonly version: number;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/** What an import did. Plain JSON. */
export interface ImportResult {
  readonly counts: Readonly<Record<ImportOutcome, number>>;
  readonly rows: readonly ImportRow[];
}

const exportSchema = once(() =>
  z.object({
    format: z.literal(1),
    documents: z.array(z.object({ key: z.string(), value: z.unknown(), version: z.int().default(0) })),
  }),
);

/** Writes the documents of an export that differ from what is stored, once all of them have passed every check. See `Settings.import`. */
export async function importSettings(source: SettingsSource, data: unknown, options: ImportOptions): Promise<ImportResult> {
  const { dryRun = false, expected = {}, ...said } = options ?? {};
  const write = { ...said, note: said.note ?? "Imported" };
  const { documents } = parseWith(exportSchema(), data, (problems) => new InvalidSettingError("(import)", problems));
  checkCall("put", "(import)", { ...write, key: "(import)", value: null });

  const stored = await readAll(source.store);
  // Where a key stands there twice, the last one counts.
  const given = new Map(documents.map((document) => [document.key, document as ConfigDocument]));
  const merged = new Map([...stored, ...given]);
  const required = new Map(Object.entries(expected));

  const rows = Array.from(given.values(), (document) => {
    const { key, value } = document;
    const { version = 0, value: current } = stored.get(key) ?? {};
    const { verdict, problems, warnings } = checkDocument(source, merged, document, () => checkCall("put", key, { ...write, key, value }));
    const toOutcome = (): ImportOutcome => {
      if (verdict === "refused") return verdict;
      if (toStableText(current) === toStableText(value)) return "unchanged";
      return (required.get(key) ?? version) === version ? "ready" : "conflict";
    };
    return { key, outcome: toOutcome(), version, problems, warnings };
  });
  const isHeld = dryRun || rows.some(({ outcome }) => outcome === "refused" || outcome === "conflict");
  // From the last key to the first, so that a model's config is there before the model is chosen.
  for (const row of isHeld ? [] : [...rows].reverse()) {
    if (row.outcome !== "ready") continue;
    try {
      const { version } = await source.store.put(row.key, given.get(row.key)?.value as Json, { ...write, expectedVersion: row.version });
      Object.assign(row, { outcome: "written", version });
    } catch (error) {
      if (VersionConflictError.is(error)) Object.assign(row, { outcome: "conflict", version: error.currentVersion });
      else if (!InvalidSettingError.is(error)) throw Object.assign(error as Error, { rows });
      else {
        Object.assign(row, { outcome: "refused", problems: error.problems });
        break;
      }
    }
  }
  const counts = { written: 0, unchanged: 0, ready: 0, refused: 0, conflict: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return { counts, rows };
}
