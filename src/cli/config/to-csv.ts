/** Rows under the names of their columns, as CSV (RFC 4180). */
export function toCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((cells) => cells.map(quote).join(",")).join("\r\n");
}

function quote(cell: string): string {
  // A spreadsheet would run a cell that begins like this as a formula.
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
