import type { Sql, SqlQuery, SqlRow } from "./sql.ts";

/** What is needed of a transaction of postgres.js. */
interface PostgresJsQuery {
  // biome-ignore lint/suspicious/noExplicitAny: as the package types it, or its own type would not fit.
  unsafe(text: string, parameters?: any[]): PromiseLike<readonly SqlRow[]>;
}

/** What is needed of the `sql` of postgres.js. */
export interface PostgresJsLike extends PostgresJsQuery {
  begin(work: (transaction: PostgresJsQuery) => Promise<unknown>): Promise<unknown>;
  listen(channel: string, onNotify: (payload: string) => void, onListen: () => void): Promise<{ unlisten(): Promise<void> }>;
}

/**
 * postgres.js as the stores use it. Its `transform` of column names must be unset. Listening takes a connection of its own.
 *
 * @example
 * ```ts
 * import postgres from "postgres";
 * import { fromPostgresJs } from "restage/postgres";
 *
 * const sql = fromPostgresJs(postgres(process.env.DATABASE_URL ?? ""));
 * ```
 */
export function fromPostgresJs(db: PostgresJsLike): Required<Sql> {
  return {
    ...toQuery(db),
    // In an object, or the driver would take a list for queries to wait for.
    async transaction<Result>(work: (sql: SqlQuery) => Promise<Result>) {
      const done = await db.begin(async (transaction) => ({ result: await work(untilLost(toQuery(transaction))) }));
      return (done as { result: Result }).result;
    },
    async listen(channel, { onNotification, onReconnect }) {
      let isFirst = true;
      const { unlisten } = await db.listen(channel, onNotification, () => {
        if (!isFirst) onReconnect();
        isFirst = false;
      });
      return unlisten;
    },
  };
}

function toQuery(db: PostgresJsQuery): SqlQuery {
  return { query: async (text, parameters = []) => ({ rows: await db.unsafe(text, parameters.map(toParameter)) }) };
}

/**
 * The driver (3.4) rejects a transaction that lost its connection. Work that ended by then would make it roll back where there is no
 * connection any more, an error that nobody can catch: so such work goes no further.
 */
function untilLost({ query }: SqlQuery): SqlQuery {
  return {
    query: (text, parameters) =>
      query(text, parameters).catch(async (error: { readonly severity?: string; readonly syscall?: string; readonly code?: string }) => {
        const isLost = error.severity === "FATAL" || error.syscall !== undefined || error.code?.startsWith("CONNECTION_");
        if (isLost) await new Promise(() => undefined);
        throw error;
      }),
  };
}

/** A list as PostgreSQL writes it: the driver knows how only where it was let to look the types up. */
function toParameter(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.map((text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`).join()}}` : value;
}
