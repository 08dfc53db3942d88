// A process of its own that sends what a limiter in PostgreSQL lets it send, from "start" until it is ended.
import pg from "pg";
import { toThrottle } from "../../../src/replicate/to-throttle.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { postgresLimiter } from "../../../src/stores/postgres/postgres-limiter.ts";

const [, , connectionString, schema, url = "", createsPerMinute] = process.argv;
const sql = fromPg(new pg.Pool({ connectionString }));
const limiter = postgresLimiter({ sql, schema, createsPerMinute: Number(createsPerMinute) });

async function call(): Promise<never> {
  for (;;) {
    await limiter.acquire("create");
    const response = await fetch(url, { method: "POST" });
    const body: unknown = await response.json();
    if (response.status === 429) await limiter.throttled(toThrottle("create", { headers: response.headers, body }));
  }
}

process.once("message", () => {
  for (let caller = 0; caller < 3; caller += 1) void call();
});
// Open connections, so that the first calls are no slower than the others.
await Promise.all([sql.query("select 1"), fetch(url).then((response) => response.text())]);
process.send?.("ready");
