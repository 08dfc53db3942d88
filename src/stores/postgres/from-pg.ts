import { listenOutsidePool } from "./listen-outside-pool.ts";
import type { Sql, SqlQuery, SqlRow } from "./sql.ts";

/** What is needed of a `Client` of the package pg. */
export interface PgClientLike {
  query(text: string, parameters?: unknown[]): Promise<{ rows: SqlRow[] }>;
  // biome-ignore lint/suspicious/noExplicitAny: of the events, each with arguments of its own.
  on(event: any, listener: (value: any) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  off(event: any, listener: (value: any) => void): unknown;
}

/** What is needed of a `Pool` of the package pg. */
export interface PgPoolLike extends Pick<PgClientLike, "query"> {
  readonly totalCount: number;
  readonly options: object;
  connect(): Promise<PgClientLike & { release(isBroken?: boolean): void }>;
  listenerCount?(event: string): number;
  on?: PgClientLike["on"];
}

/**
 * The package pg as the stores use it: a pool, or a connected client. A client runs one transaction after the other and cannot listen.
 * Listening takes a connection of its own, outside of the pool's count.
 *
 * A pool without a listener for `error` gets one that does nothing: without any, an idle connection that is lost ends the process.
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { fromPg } from "restage/postgres";
 *
 * const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
 * const sql = fromPg(pool);
 *
 * // Behind a pooler in transaction mode: listen through a direct connection.
 * const direct = new pg.Pool({ connectionString: process.env.DIRECT_DATABASE_URL });
 * const pooled = { ...sql, listen: fromPg(direct).listen };
 * ```
 */
export function fromPg(pool: PgPoolLike): Required<Sql>;
export function fromPg(client: PgClientLike): Sql;
export function fromPg(db: PgPoolLike | PgClientLike): Sql {
  return "totalCount" in db ? fromPool(db) : fromClient(db);
}

function fromPool(pool: PgPoolLike): Required<Sql> {
  if (pool.listenerCount?.("error") === 0) pool.on?.("error", () => undefined);
  return {
    ...toQuery(pool),
    async transaction(work) {
      const client = await pool.connect();
      // A connection that breaks fails the statement, too; without a listener it would end the process.
      const ignore = () => undefined;
      client.on("error", ignore);
      let isBroken = true;
      try {
        const result = await inTransaction(client, work);
        isBroken = false;
        return result;
      } finally {
        client.off("error", ignore);
        // After a failure it is closed: a rollback that timed out may have left the transaction open.
        client.release(isBroken);
      }
    },
    listen: (channel, listener) => listenOutsidePool(pool, channel, listener),
  };
}

function fromClient(client: PgClientLike): Sql {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const { query } = toQuery(client);
  return {
    query: (text, parameters) => inTurn(() => query(text, parameters)),
    transaction: (work) => inTurn(() => inTransaction(client, work)),
  };
}

async function inTransaction<Result>(client: PgClientLike, work: (sql: SqlQuery) => Promise<Result>): Promise<Result> {
  await client.query("begin");
  try {
    const result = await work(toQuery(client));
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

function toQuery(db: Pick<PgClientLike, "query">): SqlQuery {
  return {
    // Not `db.query` itself, which throws where the address is no URL.
    query: async (text, parameters = []) => await db.query(text, [...parameters]),
  };
}
