/** A row of CSV, and the line on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotes; absent where they are right. */
  readonly problem?: string;
}

/**
 * The rows of a CSV text (RFC 4180): cells in quotes may hold commas, line ends and doubled quotes; lines end with LF or CRLF; a byte order
 * mark and blank lines are left out. Our own, since the packages that read CSV guess separators and types, and the core takes no more packages.
 */
export function readCsv(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  // Each match is a cell and what ends it. A quote that is never closed takes the rest of the text.
  const cell = /(?:"([^"]*(?:""[^"]*)*)("|$)([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/gy;
  const source = text.replace(/^\uFEFF/, "");
  let row: { line: number; cells: string[]; problem?: string } = { line: 1, cells: [] };
  let line = 1;
  while (cell.lastIndex < source.length || row.cells.length > 0) {
    const [whole, quoted, closing, trailing, plain = "", end] = cell.exec(source) ?? [];
    if (whole === undefined) break;
    row.cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (quoted !== undefined && closing === "") row.problem ??= "has a quote that is never closed";
    else if (trailing || plain.includes('"')) row.problem ??= "has a quote within a cell; put the cell in quotes, and double those in it";
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ",") continue;
    if (row.cells.some((text) => text !== "")) rows.push(row);
    row = { line, cells: [] };
  }
  return rows;
}
