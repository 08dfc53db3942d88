import type { OptionTable, OptionValues } from "../command.ts";
import { formatCount } from "../format.ts";
import { writeFiles } from "../write-files.ts";
import type { Report } from "./define-settings-command.ts";

/** Where a document goes. */
export const outputOptions = {
  out: { type: "string", placeholder: "FILE", description: "Where it goes; default: standard output" },
  force: { type: "boolean", description: "Overwrite an existing file" },
} as const satisfies OptionTable;

/** A document that was made of settings. */
export interface SettingsDocument {
  readonly json: unknown;
  readonly text: string;
  /** What it holds: `setting`. */
  readonly noun: string;
  readonly count: number;
  readonly place: string;
}

/**
 * Writes a document to its file and tells so, or shows it where there is none.
 * @throws {OutputError}
 */
export async function toDocumentReport(
  { json, text, noun, count, place }: SettingsDocument,
  { out, force }: OptionValues<typeof outputOptions>,
): Promise<Report> {
  if (out === undefined) return { json, text: () => text };
  await writeFiles([{ path: out, content: `${text}\n` }], force);
  return { json: { out, count, place }, text: ({ green }) => `${green("✓")} ${formatCount(count, noun)} of ${place} written to ${out}` };
}
