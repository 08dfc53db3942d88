/** A row of a result, by column name. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** Runs statements. */
export interface SqlQuery {
  /** One statement with `$1` … parameters: texts, numbers, booleans, `null` and lists of texts. */
  query(text: string, parameters?: readonly unknown[]): Promise<{ readonly rows: readonly SqlRow[] }>;
}

/** What is told to a listener. */
export interface SqlListener {
  onNotification(payload: string): void;
  /** The connection was lost and is back: notifications may have been missed. */
  onReconnect(): void;
}

/** PostgreSQL, through whichever driver: what the stores and migrations need of it. */
export interface Sql extends SqlQuery {
  /** Does the work in one transaction on one connection; commits when it resolves, rolls back when it rejects. */
  transaction<Result>(work: (sql: SqlQuery) => Promise<Result>): Promise<Result>;
  /** Resolves once notifications of the channel are told. Gives a function that ends it. Absent where the connection cannot listen. */
  listen?(channel: string, listener: SqlListener): Promise<() => Promise<void>>;
}
