import pg from "pg";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { fromPostgresJs } from "../../../src/stores/postgres/from-postgres-js.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, openSql } from "../../postgres/open-sql.ts";
import { startServer } from "../../postgres/start-server.ts";

/** Notifications of one channel as they come in. */
async function listen(sql: Sql, channel = "news") {
  const told: string[] = [];
  let reconnects = 0;
  const end = await sql.listen?.(channel, { onNotification: (payload) => told.push(payload), onReconnect: () => (reconnects += 1) });
  if (end === undefined) throw new Error("It cannot listen");
  return { told, reconnects: () => reconnects, end };
}

describe.each(drivers)("%s", (driver) => {
  let sql: Sql;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ sql, close } = await openDatabase(driver));
  });
  afterAll(() => close());

  it("sends and reads values of every type the stores use", async () => {
    const texts = ['a"b', "c\\d", "e,f", "{g}", "", "null", "ü😀\n"];
    const { rows } = await sql.query(
      `select $1::text as text, $2::integer as number, $3::boolean as flag, $4::text as nothing, $5::text[] as texts,
        $6::text::jsonb->>'a' as json, jsonb_typeof($6::text::jsonb) as kind`,
      ["it's $1", 42, true, null, texts, '{"a": "b"}'],
    );
    expect([...rows]).toEqual([{ text: "it's $1", number: 42, flag: true, nothing: null, texts, json: "b", kind: "object" }]);
    expect([...(await sql.query("select 1 as one where false")).rows]).toEqual([]);
  });

  it("commits a transaction that resolves, and undoes one that rejects", async () => {
    await sql.query("create table things (id integer primary key)");
    expect(
      await sql.transaction(async (transaction) => {
        await transaction.query("insert into things values ($1)", [1]);
        return ["a", "list"];
      }),
    ).toEqual(["a", "list"]);
    const reason = new Error("changed my mind");
    const undone = sql.transaction(async (transaction) => {
      await transaction.query("insert into things values ($1)", [2]);
      throw reason;
    });
    await expect(undone).rejects.toBe(reason);
    await expect(sql.transaction((transaction) => transaction.query("select no_such_column"))).rejects.toThrow("no_such_column");
    expect([...(await sql.query("select id from things")).rows]).toEqual([{ id: 1 }]);
  });

  it("keeps each transaction to itself", async () => {
    await sql.query("create table counter (value integer)");
    await sql.query("insert into counter values (0)");
    const add = () =>
      sql.transaction(async (transaction) => {
        const { rows } = await transaction.query("select value from counter for update");
        await transaction.query("update counter set value = $1::integer", [Number(rows[0]?.value) + 1]);
      });
    await Promise.all([...Array.from({ length: 20 }, add), sql.query("update counter set value = value + 1")]);
    expect([...(await sql.query("select value from counter")).rows]).toEqual([{ value: 21 }]);
  });

  it("tells notifications of its channel, until it is ended", async () => {
    const [news, other] = [await listen(sql), await listen(sql, "other")];
    await sql.query("select pg_notify($1, $2)", ["news", "first"]);
    await vi.waitFor(() => expect(news.told).toEqual(["first"]), 5_000);
    await news.end();
    await sql.query("select pg_notify($1, $2)", ["news", "second"]);
    await sql.query("select pg_notify($1, $2)", ["other", "third"]);
    await vi.waitFor(() => expect(other.told).toEqual(["third"]), 5_000);
    expect(news.told).toEqual(["first"]);
    expect(news.reconnects()).toBe(0);
    await other.end();
  });
});

describe.each(["pg", "postgres.js"] as const)("%s on a server that goes away", (driver) => {
  it("listens again once the connection is lost, and says so", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const { sql, close } = await openSql(driver, database);
    const news = await listen(sql);
    await sql.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await vi.waitFor(() => expect(news.reconnects()).toBe(1), 10_000);
    await sql.query("select pg_notify($1, $2)", ["news", "back"]);
    await vi.waitFor(() => expect(news.told).toEqual(["back"]), 5_000);
    await news.end();
    await close();
  });

  it("does both again once a killed server is back", { timeout: 60_000 }, async () => {
    const server = await startServer();
    onTestFinished(server.stop);
    const { sql, close } = await openSql(driver, server);
    const news = await listen(sql);
    await server.kill();
    await expect(sql.query("select 1")).rejects.toThrow();
    await expect(sql.transaction((transaction) => transaction.query("select 1"))).rejects.toThrow();
    await server.restart();
    await vi.waitFor(() => expect(news.reconnects()).toBeGreaterThan(0), 20_000);
    await sql.query("select pg_notify($1, $2)", ["news", "back"]);
    await vi.waitFor(() => expect(news.told).toEqual(["back"]), 5_000);
    await news.end();
    await close();
  });
});

describe("pg", () => {
  it("gives no connection back whose transaction may still be open", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const pool = new pg.Pool({ connectionString: database.connectionString, max: 1, query_timeout: 200 });
    const sql = fromPg(pool);
    await expect(sql.transaction((transaction) => transaction.query("select pg_sleep(3)"))).rejects.toThrow("timeout");
    expect(pool.totalCount).toBe(0);
    await expect(sql.transaction((transaction) => transaction.query("select 1 as one"))).resolves.toMatchObject({ rows: [{ one: 1 }] });
    expect(pool.totalCount).toBe(1);
    await pool.end();
  });

  it("listens beside a pool of one connection", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const { hostname: host, port, username: user, password, pathname } = new URL(database.connectionString);
    const pool = new pg.Pool({ host, port: Number(port), user, password, database: pathname.slice(1), max: 1 });
    const sql = fromPg(pool);
    const news = await listen(sql);
    await sql.query("select pg_notify($1, $2)", ["news", "heard"]);
    await vi.waitFor(() => expect(news.told).toEqual(["heard"]), 5_000);
    await news.end();
    await pool.end();
  });

  it("outlives the loss of an idle connection, and tells whoever listens", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const [pool, heard] = [new pg.Pool(database), new pg.Pool(database)];
    const errors: Error[] = [];
    heard.on("error", (error) => errors.push(error));
    const sqls = [fromPg(pool), fromPg(heard), fromPg(pool)];
    for (const { query } of sqls) await query("select 1");
    expect([pool, heard].map((each) => each.listenerCount("error"))).toEqual([1, 1]);
    const other = new pg.Client(database);
    await other.connect();
    await other.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await vi.waitFor(() => expect([pool.totalCount, heard.totalCount, errors.length]).toEqual([0, 0, 1]), 5_000);
    for (const { query } of sqls) expect((await query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await Promise.all([other.end(), pool.end(), heard.end()]);
  });

  it("takes a client: one transaction after the other, without listening", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    const sql = fromPg(client);
    expect(sql.listen).toBeUndefined();
    const order: string[] = [];
    const slow = sql.transaction(async (transaction) => {
      await transaction.query("select pg_sleep(0.05)");
      order.push("transaction");
      throw new Error("undone");
    });
    const query = sql
      .query("select pg_current_xact_id_if_assigned() is null as free")
      .then(({ rows }) => order.push(`query ${rows[0]?.free}`));
    await expect(slow).rejects.toThrow("undone");
    await query;
    expect(order).toEqual(["transaction", "query true"]);
    await client.end();
  });
});

describe("postgres.js", () => {
  it("sends lists where it may not look types up", async () => {
    const database = await createDatabase();
    onTestFinished(database.drop);
    const db = postgres(database.connectionString, { fetch_types: false });
    const { rows } = await fromPostgresJs(db).query("select array_to_json($1::text[])::text as json", [['a"', "b,\\"]]);
    expect(JSON.parse(String(rows[0]?.json))).toEqual(['a"', "b,\\"]);
    await db.end();
  });
});
