import { once } from "../basics/once.ts";
import { sortKeys } from "../basics/sort-keys.ts";
import { z } from "../basics/z.ts";
import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { Problem } from "../errors/problem.ts";
import { VersionConflictError } from "../errors/version-conflict-error.ts";
import type { Warning } from "../model/warning.ts";
import { checkDocument, findProblems } from "./audit-settings.ts";
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
 * What became of a document. `ready`: it would be written, but nothing was, since this was a dry run or another one is refused or in
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
    documents: z
      .array(
        z.object({ key: z.string(), value: z.custom<Json>((value) => value !== undefined, "is missing"), version: z.int().default(0) }),
      )
      .refine((documents) => new Set(documents.map(({ key }) => key)).size === documents.length, "names a key twice"),
  }),
);

/** Writes the documents of an export that differ from what is stored, once all of them have passed every check. See `Settings.import`. */
export async function importSettings(source: SettingsSource, data: unknown, options: ImportOptions): Promise<ImportResult> {
  const { dryRun = false, expected = {}, ...said } = options ?? {};
  const write = { ...said, note: said.note ?? "Imported" };
  const { documents: given } = parseWith(exportSchema(), data, (problems) => new InvalidSettingError("(import)", problems));
  checkCall("put", "(import)", { ...write, key: "(import)", value: null });

  const stored = await readAll(source.store);
  const merged = new Map([...stored, ...given.map((document) => [document.key, document as ConfigDocument] as const)]);
  const toExpected = (key: string) => (Object.hasOwn(expected, key) ? expected[key] : undefined) ?? stored.get(key)?.version ?? 0;

  const check = (document: (typeof given)[number]): ImportRow => {
    const { key, value } = document;
    const current = stored.get(key);
    const version = current?.version ?? 0;
    const row = { key, version, problems: [], warnings: [] };
    try {
      checkCall("put", key, { ...write, key, value });
    } catch (error) {
      return { ...row, outcome: "refused", problems: findProblems(error, key) };
    }
    if (current !== undefined && toText(current.value) === toText(value)) return { ...row, outcome: "unchanged" };
    const { verdict, problems, warnings } = checkDocument(source, merged, document);
    const outcome = verdict === "refused" ? "refused" : toExpected(key) === version ? "ready" : "conflict";
    return { ...row, outcome, problems, warnings };
  };

  const rows = given.map(check);
  const isHeld = dryRun || rows.some(({ outcome }) => outcome === "refused" || outcome === "conflict");
  // From the last key to the first, so that a model's config is there before the model is chosen.
  for (const [index, row] of [...rows.entries()].reverse()) {
    if (isHeld || row.outcome !== "ready") continue;
    try {
      const { version } = await source.store.put(row.key, given[index]?.value ?? null, { ...write, expectedVersion: toExpected(row.key) });
      rows[index] = { ...row, outcome: "written", version };
    } catch (error) {
      if (!VersionConflictError.is(error)) throw error;
      rows[index] = { ...row, outcome: "conflict", version: error.currentVersion };
    }
  }
  const counts = { written: 0, unchanged: 0, ready: 0, refused: 0, conflict: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return { counts, rows };
}

function toText(value: unknown): string {
  return JSON.stringify(value, sortKeys);
}
