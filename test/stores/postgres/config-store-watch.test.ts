import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ListenUnavailableError } from "../../../src/errors/listen-unavailable-error.ts";
import { cachedConfigStore } from "../../../src/settings/cached-config-store.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import type { Sql } from "../../../src/stores/postgres/sql.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql } from "../../postgres/open-sql.ts";
import { openSharedTable } from "./open-shared-table.ts";

const write = { author: { name: "Ada" } };

describe.each(drivers)("watching through %s", (driver) => {
  let database: OpenSql;
  beforeAll(async () => {
    database = await openDatabase(driver);
    await migrate({ sql: database.sql });
  });
  afterAll(() => database.close());

  it("tells of what comes after it, of this schema alone, and of nothing that is no change", async () => {
    const { sql } = database;
    await sql.query("create schema other");
    await migrate({ sql, schema: "other" });
    const [store, other] = [postgresConfigStore({ sql }), postgresConfigStore({ sql, schema: "other" })];
    const told: unknown[] = [];
    const toldOther: unknown[] = [];
    const stops = [await store.watch?.((change) => told.push(change)), await other.watch?.((change) => toldOther.push(change))];
    for (const payload of ["", "{", "7", "null", "[]", '{"key": 7, "version": 1}', '{"key": "a"}']) {
      await sql.query("select pg_notify('restage_settings', $1::text)", [payload]);
    }
    await store.put("key", { secret: "value" }, write);
    await other.put("theirs", 1, write);
    await expect.poll(() => [told, toldOther]).toEqual([[{ key: "key", version: 1 }], [{ key: "theirs", version: 1 }]]);
    for (const stop of stops) await stop?.();
  });

  it("is absent where the connection cannot listen", () => {
    const { listen: _, ...sql } = database.sql;
    expect("watch" in postgresConfigStore({ sql })).toBe(false);
  });

  it("refuses to watch where notifications do not arrive, and ends what it began", async () => {
    const ends: string[] = [];
    const deaf: Sql = { ...database.sql, listen: async (channel) => async () => void ends.push(channel) };
    const error = await postgresConfigStore({ sql: deaf, listenTimeoutMs: 50 })
      .watch?.(() => undefined)
      .catch((thrown: unknown) => thrown);
    expect(ListenUnavailableError.is(error)).toBe(true);
    expect(ends).toEqual(["restage_settings"]);
  });
});

describe("a host that takes connections and stays silent", () => {
  /** Between the listener and the server: passes on what is said until it falls silent. */
  async function openProxy(connectionString: string) {
    const url = new URL(connectionString);
    const { port, hostname } = url;
    const sockets = new Set<Socket>();
    let isSilent = false;
    const server = createServer((socket) => {
      sockets.add(socket.on("close", () => sockets.delete(socket)).on("error", () => undefined));
      if (isSilent) return;
      const upstream = connect(Number(port), hostname).on("error", () => undefined);
      socket.pipe(upstream).pipe(socket);
      socket.on("close", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Without a limit of the driver's, which would save who waits.
    const pool = new pg.Pool({ connectionString: url.href, connectionTimeoutMillis: 0 });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const fallSilent = () => {
      isSilent = true;
      for (const socket of sockets) socket.destroy();
    };
    return { listen: fromPg(pool).listen, sockets, fallSilent };
  }

  async function setUp() {
    const { owner, connectionString, close } = await openSharedTable();
    onTestFinished(close);
    const proxy = await openProxy(connectionString);
    return { ...proxy, sql: { ...fromPg(owner), listen: proxy.listen } as Sql };
  }

  it("does not hold up a watch that begins, nor the end of a cache", async () => {
    const { sql, sockets, fallSilent } = await setUp();
    fallSilent();
    const watching = postgresConfigStore({ sql, listenTimeoutMs: 50 }).watch?.(() => undefined);
    await expect(watching).rejects.toMatchObject({ code: "listen_unavailable" });
    const cached = cachedConfigStore(postgresConfigStore({ sql, listenTimeoutMs: 3_600_000 }));
    await cached.getMany(["active_model"]);
    await expect.poll(() => sockets.size).toBe(2);
    await cached.close();
  });

  it("does not hold up the end of a watch that connects again", async () => {
    const { sql, sockets, fallSilent } = await setUp();
    const stop = await postgresConfigStore({ sql }).watch?.(() => undefined);
    fallSilent();
    await expect.poll(() => sockets.size).toBe(0);
    await expect.poll(() => sockets.size, { timeout: 5_000 }).toBe(1);
    await stop?.();
  });
});

it.each(["pg", "postgres.js"] as const)("says that changes may have been missed when %s had to connect again", async (driver) => {
  const { sql, close } = await openDatabase(driver);
  onTestFinished(close);
  await migrate({ sql });
  const store = postgresConfigStore({ sql });
  const told: unknown[] = [];
  const stop = await store.watch?.((change) => told.push(change));
  await sql.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'`);
  await expect.poll(() => told, { timeout: 10_000 }).toEqual([{ key: null, version: null }]);
  await store.put("key", 1, write);
  await expect.poll(() => told.at(-1)).toEqual({ key: "key", version: 1 });
  await stop?.();
});

it("knows a pooler in transaction mode, whose connections are given back after LISTEN", async () => {
  const { owner, close } = await openSharedTable();
  onTestFinished(close);
  const sql = fromPg(owner);
  const pooled: Sql = {
    ...sql,
    async listen(channel, { onNotification }) {
      const client = await owner.connect();
      const listener = ({ payload = "" }) => onNotification(payload);
      client.on("notification", listener);
      await client.query(`listen "${channel}"`);
      // Given back: what another's statement brings along on this connection is not ours.
      client.off("notification", listener);
      client.release();
      return async () => undefined;
    },
  };
  const watching = postgresConfigStore({ sql: pooled, listenTimeoutMs: 100 }).watch?.(() => undefined);
  await expect(watching).rejects.toMatchObject({ code: "listen_unavailable", message: expect.stringContaining("direct connection") });
  const direct = { ...pooled, listen: fromPg(owner).listen };
  const stop = await postgresConfigStore({ sql: direct as Sql }).watch?.(() => undefined);
  await stop?.();
});
