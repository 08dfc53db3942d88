import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { toMigrationFiles } from "../../../src/cli/migrate/to-migration-files.ts";
import { UsageError } from "../../../src/cli/usage-error.ts";
import { InvalidSchemaNameError } from "../../../src/errors/invalid-schema-name-error.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { migrateDown } from "../../../src/stores/postgres/migrate-down.ts";
import { migrationStatus } from "../../../src/stores/postgres/migration-status.ts";
import { migrations } from "../../../src/stores/postgres/migrations/migrations.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { dumpSchema } from "../../postgres/dump-schema.ts";

const names = migrations.map(({ version, name }) => ({ version, name }));

async function open() {
  const database = await createDatabase();
  onTestFinished(database.drop);
  const connect = async () => {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    onTestFinished(() => client.end());
    /** Each script in one message of many statements, as the runners send them. */
    const run = async (scripts: readonly string[]) => {
      for (const script of scripts) await client.query(script);
    };
    return { sql: fromPg(client), run };
  };
  return { ...(await connect()), connect };
}

/** How each runner takes its files: the scripts up, in their order, and down, in theirs. */
const runners: Readonly<Record<string, () => { up: readonly string[]; down: readonly string[] }>> = {
  "golang-migrate": () => {
    const files = toMigrationFiles({ format: "golang-migrate", from: "0043" });
    const of = (direction: string) => files.filter(({ name }) => name.endsWith(`.${direction}.sql`)).map(({ content }) => content);
    return { up: of("up"), down: of("down").reverse() };
  },
  dbmate: () =>
    split(
      toMigrationFiles({ format: "dbmate", from: "20261121000000" }),
      /^--\s*migrate:up(?:\s*$|\s+\S+)/m,
      /^--\s*migrate:down(?:\s*$|\s+\S+)$/m,
    ),
  "node-pg-migrate": () =>
    split(
      toMigrationFiles({ format: "node-pg-migrate", from: "1760000000000" }),
      /^\s*--[\s-]*up\s+migration/im,
      /^\s*--[\s-]*down\s+migration/im,
    ),
};

/** Files with both directions, as their runners tell them apart; each direction in a transaction of the runner. */
function split(files: readonly { content: string }[], upMark: RegExp, downMark: RegExp) {
  const parts = files.map(({ content }) => {
    const [up, down] = [content.search(upMark), content.search(downMark)];
    expect(up).toBe(0);
    expect(down).toBeGreaterThan(0);
    return { up: content.slice(up, down), down: content.slice(down) };
  });
  const inTransaction = (script: string) => `begin;\n${script}\ncommit;`;
  return { up: parts.map(({ up }) => inTransaction(up)), down: parts.map(({ down }) => inTransaction(down)).reverse() };
}

describe.each(Object.entries(runners))("files for %s", (_, read) => {
  const { up, down } = read();

  it("make what the library makes, and take it away again", async () => {
    const { sql, run } = await open();
    await run(up);
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("../../stores/postgres/schema.golden.txt");
    await run(down);
    expect(await dumpSchema(sql)).toBe("\n");
  });

  it("and the library know what the other did", async () => {
    const { sql, run } = await open();
    await run(up.slice(0, 2));
    expect(await migrate({ sql })).toEqual(names.slice(2));
    await run(up);
    expect((await migrationStatus({ sql })).every(({ appliedAt }) => appliedAt !== null)).toBe(true);
    expect(await migrateDown({ sql, to: 16 })).toEqual(names.slice(2).reverse());
    await run(up.slice(2));
    await expect(dumpSchema(sql)).resolves.toMatchFileSnapshot("../../stores/postgres/schema.golden.txt");
    await run(down);
    expect(await migrate({ sql })).toEqual(names);
    await migrateDown({ sql, to: 0 });
    await run(down);
    expect(await dumpSchema(sql)).toBe("\n");
  });

  it("refuse to discard what people made, and change nothing then", async () => {
    const { sql, run, connect } = await open();
    await run(up);
    await sql.query("update settings set value = 'x' where key = 'model_config_qwen'");
    const before = await dumpSchema(sql);
    // As far as the history.
    await run(down.slice(0, -2));
    await expect(run(down.slice(-2, -1))).rejects.toMatchObject({ code: "RS001", hint: expect.stringContaining("restage.discard") });
    await run(["rollback"]);
    await run(up);
    expect(await dumpSchema(sql)).toBe(before);
    vi.stubEnv("PGOPTIONS", "-c restage.discard=on");
    onTestFinished(() => void vi.unstubAllEnvs());
    await (await connect()).run(down);
    expect(await dumpSchema(sql)).toBe("\n");
  });
});

describe("migration files", () => {
  it("are named as their runner wants it, counting up from a number", () => {
    const nameAll = (format: string, from: string) => toMigrationFiles({ format, from }).map(({ name }) => name);
    expect(nameAll("golang-migrate", "0099").slice(0, 3)).toEqual([
      "0099_add_model_settings.up.sql",
      "0099_add_model_settings.down.sql",
      "0100_restage_settings.up.sql",
    ]);
    expect(nameAll("dbmate", "20261121000000").slice(0, 2)).toEqual([
      "20261121000000_add_model_settings.sql",
      "20261121000001_restage_settings.sql",
    ]);
    expect(nameAll("node-pg-migrate", "20261121000000000")[1]).toBe("20261121000000001_restage_settings.sql");
    expect(toMigrationFiles({})[0]?.name).toBe("0015_add_model_settings.up.sql");
  });

  it("say what they are, behind the mark that a runner looks for", () => {
    const begin = (format: string) => toMigrationFiles({ format, from: "1763700000000" })[0]?.content.split("\n").slice(0, 2);
    const about = "-- restage migration 15, add_model_settings; kept in restage_migrations. Made by: restage migrate print";
    expect(begin("golang-migrate")).toEqual([about, ""]);
    expect(begin("dbmate")).toEqual(["-- migrate:up", about]);
    expect(begin("node-pg-migrate")).toEqual(["-- Up Migration", about]);
  });

  it("speak of their schema alone", () => {
    const all = toMigrationFiles({ schema: "studio" })
      .map(({ content }) => content)
      .join("");
    expect(all).toContain('"studio".settings');
    expect(all).not.toMatch(/"?public"?\./);
  });

  it("say what is wrong with an option", () => {
    expect(() => toMigrationFiles({ format: "flyway" })).toThrow("--format is one of golang-migrate, dbmate, node-pg-migrate");
    expect(() => toMigrationFiles({ format: "constructor" })).toThrow(UsageError);
    for (const from of ["", "-1", "12a", "1".repeat(21)]) expect(() => toMigrationFiles({ from })).toThrow("--from is the number");
    for (const from of [undefined, "0043", "20261121000000"]) {
      expect(() => toMigrationFiles({ format: "node-pg-migrate", ...(from && { from }) })).toThrow("--from takes 13 digits");
    }
    expect(() => toMigrationFiles({ schema: 'a"b' })).toThrow(InvalidSchemaNameError);
  });
});
