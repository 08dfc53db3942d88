const assert = require("node:assert/strict");
const { PGlite } = require("@electric-sql/pglite");
const { createSettings } = require("restage");
const { fromPglite, MissingTableError, migrate, postgresConfigStore, postgresRunStore } = require("restage/postgres");

async function main() {
  const db = await PGlite.create();
  const sql = fromPglite(db);
  const settings = createSettings({ store: postgresConfigStore({ sql }) });
  await assert.rejects(settings.active(), (error) => MissingTableError.is(error));
  assert.deepEqual(
    (await migrate({ sql })).map(({ version }) => version),
    [15, 16, 17, 18, 19, 20, 21],
  );
  await settings.setActive("bytedance/seedream-4", { author: { name: "Ada" } });
  assert.equal((await settings.active()).modelId, "bytedance/seedream-4");
  assert.deepEqual(await postgresRunStore({ sql }).list(), { runs: [] });
  await db.close();
  console.log("ok");
}

main();
