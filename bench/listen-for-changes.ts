import pg from "pg";
import { cachedConfigStore } from "../src/settings/cached-config-store.ts";
import { fromPg } from "../src/stores/postgres/from-pg.ts";
import { postgresConfigStore } from "../src/stores/postgres/postgres-config-store.ts";

// A process of notify-speed.ts: tells it of every bare notification, and of every change of a setting once its cache has let go of the old value.
const [, , connectionString = "", channel = "", key = ""] = process.argv;
const client = new pg.Client({ connectionString });
const pool = new pg.Pool({ connectionString, max: 2 });
await client.connect();
client.on("notification", ({ payload }) => process.send?.(payload));
await client.query(`listen ${channel}`);

const store = cachedConfigStore(postgresConfigStore({ sql: fromPg(pool) }));
await store.getMany([key]);
await store.watch?.(({ key, version }) => process.send?.(`${key} ${version}`));
process.send?.("ready");
process.once("disconnect", () => process.exit());
