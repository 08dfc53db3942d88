import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ListenUnavailableError } from "../../../src/errors/listen-unavailable-error.ts";
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
