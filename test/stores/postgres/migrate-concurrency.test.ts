import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { migrateDown } from "../../../src/stores/postgres/migrate-down.ts";
import { migrations } from "../../../src/stores/postgres/migrations/migrations.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { openSql } from "../../postgres/open-sql.ts";

const names = migrations.map(({ version, name }) => ({ version, name }));
const goTable =
  "create table settings (key varchar(255) primary key, value text not null, description text, updated_at timestamptz default now(), updated_by uuid)";

async function openPair() {
  const database = await createDatabase();
  onTestFinished(database.drop);
  const { sql, close } = await openSql("pg", database);
  onTestFinished(close);
  const other = new pg.Client({ connectionString: database.connectionString });
  await other.connect();
  onTestFinished(() => other.end());
  return { sql, other, ...database };
}

describe("migrations beside others", () => {
  it("are applied once by 20 processes at once", { timeout: 180_000 }, async () => {
    const { connectionString, sql } = await openPair();
    const script = join(inject("programs"), "migrate-worker.mjs");
    const workers = Array.from({ length: 20 }, () => fork(script, [connectionString], { execArgv: [] }));
    onTestFinished(() => {
      for (const worker of workers) worker.kill();
    });
    await Promise.all(workers.map((worker) => once(worker, "message")));
    const answers = workers.map((worker) => once(worker, "message"));
    for (const worker of workers) worker.send("go");
    const applied = (await Promise.all(answers)).map(([list]) => list as typeof names);
    expect(applied.filter((list) => list.length > 0)).toEqual([names]);
    expect([...(await sql.query("select version, name from restage_migrations order by version")).rows]).toEqual(names);
  });

  it("wait for a table that somebody holds only so long, and change nothing then", async () => {
    const { sql, other } = await openPair();
    await other.query(goTable);
    await other.query("begin; insert into settings (key, value) values ('smtp_host', 'mail.example.com')");
    await expect(migrate({ sql, lockTimeoutMs: 50 })).rejects.toMatchObject({ code: "database", sqlState: "55P03", retryable: true });
    await other.query("commit");
    expect((await sql.query("select to_regclass('restage_migrations')::text as ledger")).rows[0]?.ledger).toBeNull();
    expect(await migrate({ sql, lockTimeoutMs: 50 })).toEqual(names);
  });

  it("try again later, and let others pass between", async () => {
    const { sql, other, connectionString } = await openPair();
    await other.query(goTable);
    await other.query("begin; select from settings");
    const migrated = migrate({ sql, lockTimeoutMs: 300 });
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    const watcher = new pg.Client({ connectionString });
    await watcher.connect();
    const wants = async (count: number) => {
      for (const deadline = Date.now() + 20_000; (await watcher.query(waiting)).rowCount !== count && Date.now() < deadline; )
        await wait(5);
      expect((await watcher.query(waiting)).rowCount).toBe(count);
    };
    await wants(1);
    await wants(0);
    await watcher.query("select from settings");
    await watcher.end();
    await other.query("commit");
    expect(await migrated).toEqual(names);
  });

  it("go up and down beside each other", { timeout: 60_000 }, async () => {
    const { connectionString } = await openPair();
    const opened = await Promise.all([1, 2, 3, 4].map(() => openSql("pg", { connectionString })));
    await Promise.all(
      opened.map(async ({ sql, close }, index) => {
        for (let round = 0; round < 40; round += 1)
          await ((index + round) % 2 ? migrate({ sql }) : migrateDown({ sql, to: 0, discard: true }));
        await close();
      }),
    );
  });

  it("wait for others that migrate, however long they take", async () => {
    const { sql, other } = await openPair();
    await other.query("begin; select pg_advisory_xact_lock(hashtext('restage_migrations'), hashtext('public'))");
    const migrated = migrate({ sql, lockTimeoutMs: 1 });
    const waiting =
      "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
    for (const deadline = Date.now() + 20_000; (await other.query(waiting)).rowCount === 0 && Date.now() < deadline; ) await wait(10);
    expect((await other.query(waiting)).rowCount).toBe(1);
    await other.query("commit");
    expect(await migrated).toEqual(names);
  });

  it("are seen by whoever waited, whatever the database takes for isolation", async () => {
    const { connectionString, sql, other } = await openPair();
    await other.query(
      "do $$ begin execute format('alter database %I set default_transaction_isolation = serializable', current_database()); end $$",
    );
    const opened = await Promise.all([1, 2, 3, 4].map(() => openSql("pg", { connectionString })));
    const applied = await Promise.all(opened.map((open) => migrate(open)));
    expect(applied.filter((list) => list.length > 0)).toEqual([names]);
    await Promise.all(opened.map(({ close }) => close()));
    expect(await migrate({ sql })).toEqual([]);
  });

  it("need no right beyond the schema and the table", async () => {
    const role = `restage_${randomUUID().replaceAll("-", "")}`;
    const { sql: admin } = await openPair();
    onTestFinished(async () => {
      await admin.query(`drop role ${role}`);
    });
    const { other } = await openPair();
    await admin.query(`create role ${role}`);
    await other.query(
      `${goTable}; alter table settings owner to ${role}; grant usage, create on schema public to ${role}; set role ${role}`,
    );
    const sql = fromPg(other);
    expect(await migrate({ sql })).toEqual(names);
    expect(await migrateDown({ sql, to: 0 })).toEqual([...names].reverse());
    await expect(migrate({ sql, schema: "elsewhere" })).rejects.toMatchObject({ code: "database", sqlState: "42501" });
    await other.query("reset role");
  });

  it("make no statement of another program fail, up and down", async () => {
    const { sql, other } = await openPair();
    await other.query(goTable);
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      while (!isOver) {
        await other.query(
          "insert into settings (key, value) values ('active_model', 'a/b') on conflict (key) do update set value = excluded.value || $1",
          [written],
        );
        await other.query("insert into settings (key, value, updated_by) values ($1, 'x', gen_random_uuid())", [`model_config_${written}`]);
        await other.query("delete from settings where key = $1", [`model_config_${written}`]);
        await other.query("select * from settings");
        written += 1;
      }
    })();
    try {
      for (let round = 0; round < 5; round += 1) {
        expect(await migrate({ sql })).toEqual(names);
        expect(await migrateDown({ sql, to: 0, discard: true })).toEqual([...names].reverse());
      }
    } finally {
      isOver = true;
    }
    await writing;
    expect(written).toBeGreaterThan(5);
  });
});
