import type { Sql, SqlQuery, SqlRow } from "./sql.ts";

/** What is needed of PGlite's transaction. */
interface PgliteQuery {
  query<Row>(text: string, parameters?: unknown[]): Promise<{ rows: Row[] }>;
}

/** What is needed of `PGlite` in `@electric-sql/pglite`. */
export interface PgliteLike extends PgliteQuery {
  transaction<Result>(work: (transaction: PgliteQuery) => Promise<Result>): Promise<Result>;
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
}

/**
 * PGlite as the stores use it. It has one session: a statement waits while a transaction runs. Close it yourself, or the process stays.
 *
 * @example
 * ```ts
 * import { PGlite } from "@electric-sql/pglite";
 * import { fromPglite } from "restage/postgres";
 *
 * const db = await PGlite.create();
 * const sql = fromPglite(db);
 * ```
 */
export function fromPglite(db: PgliteLike): Required<Sql> {
  return {
    ...toQuery(db),
    transaction: (work) => db.transaction((transaction) => work(toQuery(transaction))),
    listen: (channel, { onNotification }) => db.listen(channel, onNotification),
  };
}

function toQuery(db: PgliteQuery): SqlQuery {
  return { query: (text, parameters = []) => db.query<SqlRow>(text, [...parameters]) };
}
