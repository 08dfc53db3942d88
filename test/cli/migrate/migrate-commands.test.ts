import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runCommandLine } from "../../../src/cli/run-command-line.ts";
import { migrations } from "../../../src/stores/postgres/migrations/migrations.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";
import { recordTerminal } from "../record-terminal.ts";

const all = migrations.map(({ version, name }) => ({ version, name }));

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createDatabase();
  directory = await mkdtemp(join(tmpdir(), "restage-migrate-"));
  vi.stubEnv("DATABASE_URL", database.connectionString);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
  await database.drop();
});

async function run(words: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const terminal = recordTerminal();
  const code = await runCommandLine(words.split(" "), terminal);
  return { code, stdout: terminal.printed.join("\n"), stderr: terminal.noted.join("\n") };
}

it("migrates up, tells the status, detaches, and goes down with what was made", async () => {
  const { hostname, port, pathname } = new URL(database.connectionString);
  const place = `the database of DATABASE_URL (${hostname}:${port}${pathname})`;
  expect((await run("migrate status")).stdout).toMatch(/ 15 +add_model_settings +not applied\n[\s\S]*`restage migrate up`/);
  expect(JSON.parse((await run("migrate up --json")).stdout)).toEqual({ place, schema: "public", migrations: all });
  expect((await run("migrate up")).stdout).toBe(`Nothing to do: all migrations are applied\nIn ${place}, schema public`);
  expect((await run("migrate status")).stdout).not.toContain("not applied");

  await run("config set qwen-image-edit seed=1 --author Ada");
  expect(JSON.parse((await run("migrate detach --json")).stdout).migrations).toHaveLength(1);
  expect((await run("migrate status")).stdout).toMatch(/ 17 .* not applied/);
  expect((await run("config get qwen-image-edit")).stdout).toMatch(/seed +1 +global/);

  const refused = await run("migrate down --to 0 --json");
  expect(JSON.parse(refused.stdout).error).toMatchObject({ code: "migration_refused", message: expect.stringContaining("discard") });
  expect(refused.code).toBe(1);
  expect((await run("config get qwen-image-edit")).stdout).toMatch(/seed +1 +global/);
  expect((await run("migrate down --to 0 --discard")).code).toBe(0);
  expect(JSON.parse((await run("config get qwen-image-edit --json")).stdout).error.code).toBe("missing_table");
});

it("works in the schema that is named", async () => {
  expect(JSON.parse((await run("migrate up --schema staging --json")).stdout).schema).toBe("staging");
  vi.stubEnv("RESTAGE_SCHEMA", "staging");
  expect((await run("model show")).stdout).toContain("qwen/qwen-image-edit");
  expect((await run("migrate status")).stdout).not.toContain("not applied");
});

it("prints files without a database", async () => {
  vi.stubEnv("DATABASE_URL", undefined);
  expect((await run("migrate print --from 0043")).stdout).toMatch(
    /^-- 0043_add_model_settings\.up\.sql\n-- restage migration 15, add_model_settings;[^\n]*\n\nbegin;/,
  );
  const words = `migrate print --format dbmate --out ${directory}/new`;
  expect((await run(words)).stdout).toContain(`${all.length} files written`);
  expect(await readdir(join(directory, "new"))).toHaveLength(all.length);
  expect((await run(words)).stderr).toContain("--force overwrites it");
  expect((await run("migrate print --format flyway")).stderr).toContain("golang-migrate, dbmate, node-pg-migrate");
});

it("says that a folder needs no migration by hand", async () => {
  vi.stubEnv("DATABASE_URL", undefined);
  for (const command of ["up", "down", "status", "detach"]) {
    const { code, stderr } = await run(`migrate ${command}`);
    expect(stderr).toContain(".restage needs no migration by hand");
    expect(code).toBe(2);
  }
});
