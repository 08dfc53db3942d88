import { parseArgs } from "node:util";
import { startServer } from "../test/postgres/start-server.ts";
import { faultKinds } from "./fault-kinds.ts";
import { runSuite } from "./run-suite.ts";
import { toTable } from "./to-table.ts";

const values = readOptions();
const names = values.kinds?.split(",");
const kinds = faultKinds.filter(({ name }) => names?.includes(name) ?? true);
const unknown = names?.find((name) => !kinds.some((kind) => kind.name === name));
if (unknown !== undefined) fail(`There is no kind "${unknown}". There are: ${faultKinds.map(({ name }) => name).join(", ")}`);
const isWatched = process.stderr.isTTY;

let server: Awaited<ReturnType<typeof startServer>> | undefined;
let done = 0;
const result = await runSuite({
  kinds,
  seed: values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : toNumber("seed", 0),
  stagings: toNumber("stagings"),
  processShare: 0.15,
  timeLimitMs: toNumber("minutes") * 60_000,
  async toDatabaseUrl() {
    if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
    server = await startServer({ durable: false });
    return server.connectionString;
  },
  onTally({ kind }) {
    done += 1;
    if (isWatched) process.stderr.write(`\r\x1b[K${done} of ${kinds.length} kinds, the last: ${kind}`);
  },
}).finally(() => server?.stop());
if (isWatched) process.stderr.write("\r\x1b[K");
process.stdout.write(`${values.json ? JSON.stringify(result, null, 2) : toTable(result)}\n`, () => {
  // What had no time to end is still under way.
  process.exit(result.isKept ? 0 : 1);
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        stagings: { type: "string", default: "10000" },
        seed: { type: "string" },
        kinds: { type: "string" },
        minutes: { type: "string", default: "20" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : error}\nThe options are --stagings, --seed, --kinds a,b, --minutes and --json.`,
    );
  }
}

function toNumber(option: "stagings" | "seed" | "minutes", minimum = 1): number {
  const number = Number(values[option]);
  return Number.isSafeInteger(number) && number >= minimum ? number : fail(`--${option} must be a whole number from ${minimum}.`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
