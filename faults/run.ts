import { parseArgs } from "node:util";
import { startServer } from "../test/postgres/start-server.ts";
import { faultKinds } from "./fault-kinds.ts";
import { runSuite } from "./run-suite.ts";
import { toTable } from "./to-table.ts";

const { values } = parseArgs({
  options: {
    stagings: { type: "string", default: "10000" },
    seed: { type: "string" },
    kind: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  },
});

const kinds = values.kind === undefined ? faultKinds : faultKinds.filter(({ name }) => values.kind?.includes(name));
if (kinds.length === 0) throw new Error(`There is no such kind. There are: ${faultKinds.map(({ name }) => name).join(", ")}`);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const isWatched = process.stderr.isTTY;

let server: Awaited<ReturnType<typeof startServer>> | undefined;
let done = 0;
try {
  const result = await runSuite({
    kinds,
    seed,
    stagings: Number(values.stagings),
    processShare: 0.15,
    async toDatabaseUrl() {
      if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
      server = await startServer({ durable: false });
      return server.connectionString;
    },
    onTally({ kind }) {
      done += 1;
      if (isWatched) process.stderr.write(`\r\x1b[K${done} of ${kinds.length} kinds, the last: ${kind}`);
    },
  });
  if (isWatched) process.stderr.write("\r\x1b[K");
  console.log(values.json ? JSON.stringify(result, null, 2) : toTable(result));
  process.exitCode = result.isKept ? 0 : 1;
} finally {
  await server?.stop();
}
