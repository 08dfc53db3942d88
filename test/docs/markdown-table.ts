import { readText } from "./code-block.ts";

/** A row of a table: its cells by heading, without code marks. */
export type Row = Readonly<Record<string, string>>;

/**
 * The rows of the first table under a heading of a document.
 * @throws {Error} There is no such heading, or no table under it.
 */
export function readTable(file: string, heading: string): readonly Row[] {
  const lines = readText(file).split("\n");
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === heading);
  if (start === -1) throw new Error(`${file} has no heading "${heading}"`);
  const first = lines.findIndex((line, index) => index > start && line.startsWith("|"));
  const nextHeading = lines.findIndex((line, index) => index > start && /^#+ /.test(line));
  if (first === -1 || (nextHeading !== -1 && nextHeading < first)) throw new Error(`${file} has no table under "${heading}"`);
  const last = lines.findIndex((line, index) => index > first && !line.startsWith("|"));
  const [head = [], , ...rows] = lines.slice(first, last === -1 ? undefined : last).map(toCells);
  return rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""])));
}

function toCells(line: string): readonly string[] {
  return line
    .replace(/^\||\|\s*$/g, "")
    .split("|")
    .map((cell) => cell.trim().replaceAll("`", ""));
}
