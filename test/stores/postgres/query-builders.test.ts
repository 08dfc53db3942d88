import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import knex from "knex";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import ts from "typescript";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { postgresConfigStore } from "../../../src/stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import type { Sql, SqlQuery } from "../../../src/stores/postgres/sql.ts";
import { sampleRun } from "../../../src/testing/run-store-suite.ts";
import { readDocumentBlocks, root } from "../../docs/code-block.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";

const write = { author: { name: "Ada" } };

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.connectionString });
  await migrate({ sql: fromPg(pool) });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What a block of the document exports. Its imports from this package are types. */
async function load(title: string): Promise<Readonly<Record<string, (builder: unknown) => Sql>>> {
  const block = readDocumentBlocks("docs/postgres.md").find((each) => each.title === title);
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  const folder = await mkdtemp(join(root, "node_modules/.restage-query-builders-"));
  const path = join(folder, "builder.mjs");
  await writeFile(path, ts.transpileModule(block?.code ?? "", { compilerOptions }).outputText);
  try {
    return await import(/* @vite-ignore */ pathToFileURL(path).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Prisma, by the two methods that are used of it. */
function createPrismaLike(pool: pg.Pool): object {
  const sql = fromPg(pool);
  const toPrisma = ({ query }: SqlQuery) => ({
    $queryRawUnsafe: async (text: string, ...values: unknown[]) => (await query(text, values)).rows,
  });
  return { ...toPrisma(sql), $transaction: (work: (own: object) => Promise<object>) => sql.transaction((own) => work(toPrisma(own))) };
}

const openings: Readonly<Record<string, () => Promise<Sql | undefined>>> = {
  Drizzle: async () => fromPg(drizzle({ client: pool }).$client),
  Kysely: async () => (await load("from-kysely.ts")).fromKysely?.(new Kysely({ dialect: new PostgresDialect({ pool }) })),
  Knex: async () => {
    const builder = knex({ client: "pg", connection: database.connectionString });
    onTestFinished(() => builder.destroy());
    return (await load("from-knex.ts")).fromKnex?.(builder);
  },
  "what has Prisma's shape": async () => (await load("from-prisma.ts")).fromPrisma?.(createPrismaLike(pool)),
};

it.each(Object.keys(openings))("%s is an Sql, as the document shows it", async (name) => {
  const sql = (await openings[name]?.()) as Sql;
  const store = postgresConfigStore({ sql });
  const text = `? ?? :name $1 \\ ' " ${name}`;
  const { version } = await store.put("model_config_qwen", { modelId: text, config: { list: [1e-7, text] } }, { ...write, note: text });
  await store.put(text, null, { ...write, expectedVersion: 0 });
  const documents = await store.getMany(["model_config_qwen", text]);
  expect(documents.get("model_config_qwen")).toMatchObject({
    version,
    value: { modelId: text, config: { list: [1e-7, text] } },
    note: text,
  });
  expect(documents.get(text)?.value).toBe(null);
  await expect(store.put(text, 1, { ...write, expectedVersion: 7 })).rejects.toMatchObject({ code: "version_conflict", currentVersion: 1 });
  expect((await store.list(text)).documents).toHaveLength(1);
  const { run } = await postgresRunStore({ sql }).create(sampleRun({ id: text }));
  expect(run.id).toBe(text);
  const rows = await sql.transaction(async ({ query }) => (await query("select $2::text as second, $1::text as first", ["a", "b"])).rows);
  expect(rows).toEqual([{ second: "b", first: "a" }]);
});
