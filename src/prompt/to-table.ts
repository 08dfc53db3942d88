/** What every row of a table is chosen by. */
export interface Labelled {
  /** For people to choose by. */
  readonly label: string;
}

/** A table as others read it: each row by its key and frozen, with its name as a label. `toInfo` gives what a row says, and its name. */
export function toTable<Key extends string, Row, Info>(
  rows: Readonly<Record<Key, Row>>,
  toInfo: (row: Row, key: string) => readonly [name: string, info: Info],
): Readonly<Record<Key, Labelled & Info>> {
  const entries = Object.entries<Row>(rows).map(([key, row]) => {
    const [name, info] = toInfo(row, key);
    return [key, Object.freeze({ label: name.charAt(0).toUpperCase() + name.slice(1), ...info })];
  });
  return Object.freeze(Object.fromEntries(entries));
}
