// A process of its own that migrates the database it is given as soon as it is told to, and answers with what it applied.
import pg from "pg";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../../src/stores/postgres/migrate.ts";

const pool = new pg.Pool({ connectionString: process.argv[2] });
// Connected beforehand, so that all begin in the same moment.
await pool.query("select 1");

process.once("message", async () => {
  process.send?.(await migrate({ sql: fromPg(pool) }).catch(String));
  await pool.end();
  process.disconnect();
});
process.send?.("ready");
