import type { ConfigVersion, TrailPage } from "../../settings/config-store.ts";
import type { Settings } from "../../settings/settings.ts";
import { UsageError } from "../usage-error.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { toCsv } from "./to-csv.ts";
import { outputOptions, toDocumentReport } from "./to-document-report.ts";

/** `restage config trail`: the audit trail. */
export const configTrailCommand = defineSettingsCommand({
  name: "config trail",
  summary: "Write every version of every setting: the audit trail",
  args: [],
  options: { ...outputOptions, format: { type: "string", placeholder: "FORMAT", description: "json or csv; default json" } },
  examples: [
    ["restage config trail --format csv --out trail.csv", "For a spreadsheet"],
    ["restage config trail", "One JSON document: by setting, each oldest first"],
  ],
  isWriting: false,
  plan({ options }) {
    const { format = "json", json: asJson, out } = options;
    if (format !== "json" && format !== "csv") throw new UsageError(`--format must be json or csv, not ${JSON.stringify(format)}`);
    if (asJson && format === "csv" && out === undefined) throw new UsageError("--json and --format csv exclude each other without --out");
    return async ({ settings, place }) => {
      const json = await readTrail(settings);
      const text = format === "csv" ? toCsv(columns, json.map(toCells)) : JSON.stringify(json, null, 2);
      return toDocumentReport({ json, text, noun: "version", count: json.length, place }, options);
    };
  },
});

async function readTrail(settings: Settings): Promise<readonly ConfigVersion[]> {
  const versions: ConfigVersion[] = [];
  let page: TrailPage | undefined;
  do {
    page = await settings.trail({ cursor: page?.cursor, limit: 1_000 });
    versions.push(...page.versions);
  } while (page.cursor !== undefined);
  return versions;
}

const columns = ["key", "version", "updated_at", "author_id", "author_name", "note", "deleted", "value"];

function toCells(version: ConfigVersion): readonly string[] {
  const { key, author, note, updatedAt, deleted } = version;
  const value = version.deleted ? "" : JSON.stringify(version.value);
  return [key, String(version.version), updatedAt, author?.id ?? "", author?.name ?? "", note ?? "", String(deleted), value];
}
