/** The same table with every row, and every list in a row, frozen: no module holds state that a caller could change. */
export function freezeTable<Row extends object, Table extends Readonly<Record<string, Row>>>(table: Table): Table {
  for (const row of Object.values(table)) {
    for (const value of Object.values(row)) Object.freeze(value);
    Object.freeze(row);
  }
  return Object.freeze(table);
}
