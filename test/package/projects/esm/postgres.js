import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";
import { createSettings } from "restage";
import { fromPglite, MissingTableError, migrate, postgresConfigStore, postgresRunStore } from "restage/postgres";

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
