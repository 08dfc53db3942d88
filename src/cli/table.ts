/** Rows as aligned columns, two spaces apart. The last column is not padded. `alignRight` names columns by position. */
export function toTable(rows: readonly (readonly string[])[], alignRight: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, visibleLength(cell));
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0, alignRight.includes(column)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function pad(cell: string, width: number, isRight: boolean): string {
  const space = " ".repeat(width - visibleLength(cell));
  return isRight ? space + cell : cell + space;
}

// Colours take no room on the screen.
function visibleLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of a terminal begin with one
  return text.replace(/\u001b\[\d+m/g, "").length;
}
