import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { isObject } from "../../basics/is-object.ts";
import { parseJson } from "../../basics/parse-json.ts";
import type { ImportOutcome, ImportResult } from "../../settings/import-settings.ts";
import type { Style } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { toWriteOptions, writeOptions } from "./setting-options.ts";
import { toCheckedTable, toCountText } from "./to-checked-table.ts";

const { author, note } = writeOptions;

/** `restage config import`: writes the settings of an export. */
export const configImportCommand = defineSettingsCommand({
  name: "config import",
  summary: "Write the settings of an export, once all of them have passed; deletes nothing",
  args: [{ name: "FILE", isRequired: true, description: "What `restage config export` wrote; -: standard input" }],
  options: { author, note, "dry-run": { type: "boolean", description: "Show what would be written; write nothing" } },
  examples: [
    ["restage config import settings.json --dry-run", "What differs from what is stored, and what would be refused"],
    ["restage config import settings.json", "Ends with code 1 where a setting is refused or in conflict"],
  ],
  isWriting: true,
  async plan({ args: [path = ""], options }) {
    const data = await readJson(path);
    const write = { ...toWriteOptions(options), dryRun: options["dry-run"] };
    return async ({ settings, place }) => {
      const result = await settings.import(data, write);
      const { refused, conflict } = result.counts;
      return {
        json: { place, ...result },
        text: (style) => toText(result, place, style),
        exitCode: refused + conflict > 0 ? 1 : 0,
      };
    };
  },
});

async function readJson(path: string): Promise<unknown> {
  const reading = path === "-" ? readAll(process.stdin) : readFile(path, "utf8");
  const text = await reading.catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${code})`);
  });
  const name = path === "-" ? "standard input" : path;
  const data = parseJson(text);
  if (isObject(data) && Array.isArray(data.documents)) return data;
  throw new UsageError(`${name} is no ${data === undefined ? "JSON" : "export"}: give what \`restage config export\` wrote`);
}

function toText({ counts, rows }: ImportResult, place: string, style: Style): string {
  const { bold, dim, red, green, yellow } = style;
  const styles: Readonly<Record<ImportOutcome, (text: string) => string>> = {
    written: green,
    unchanged: dim,
    ready: yellow,
    refused: red,
    conflict: red,
  };
  const table = toCheckedTable(rows, ({ outcome }) => styles[outcome](outcome), style);
  const outcome = counts.written > 0 ? `saved in ${place}` : `nothing was written to ${place}`;
  return `${table}\n\n${bold(toCountText(counts))}: ${outcome}`;
}
