import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { measureAdminSpeed } from "./admin-speed.ts";
import { measureColdImport } from "./cold-import.ts";
import { measureCollectSpeed } from "./collect-speed.ts";
import { measureDescribeSpeed } from "./describe-speed.ts";
import { isKept, type Measurement } from "./measurement.ts";
import { measureNotifySpeed } from "./notify-speed.ts";
import { measureOtherModels } from "./other-models.ts";
import { measureParseSpeed } from "./parse-speed.ts";
import { measurePostgresSpeed } from "./postgres-speed.ts";
import { measureSizes } from "./sizes.ts";
import { measureStagingDelay } from "./staging-delay.ts";
import { measureStagingMemory } from "./staging-memory.ts";
import { measureStagingSpeed } from "./staging-speed.ts";
import { measureSummarySpeed } from "./summary-speed.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

// What the build says must not mix with --json.
execFileSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", 2, 2] });
const measurements = [
  ...measureSizes(),
  ...(await measureOtherModels()),
  ...measureParseSpeed(),
  ...measureDescribeSpeed(),
  ...measureColdImport(),
  ...(await measureAdminSpeed()),
  ...(await measurePostgresSpeed()),
  ...(await measureSummarySpeed()),
  ...(await measureNotifySpeed()),
  ...(await measureStagingSpeed()),
  ...(await measureStagingDelay()),
  ...(await measureStagingMemory()),
  ...(await measureCollectSpeed()),
];
const isAllKept = measurements.every(isKept);
console.log(values.json ? JSON.stringify({ isAllKept, measurements }, null, 2) : toTable(measurements));
process.exitCode = isAllKept ? 0 : 1;

function toTable(rows: readonly Measurement[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map((row) => `${isKept(row) ? "✓" : "✗"} ${row.name.padEnd(width)}  ${toText(row)}`).join("\n");
}

function toText({ value, unit, limit }: Measurement): string {
  const [word, bound] = "atMost" in limit ? ["at most", limit.atMost] : ["at least", limit.atLeast];
  return `${value.toFixed(2).padStart(6)} ${unit.padEnd(6)} (${word} ${bound} ${unit})`;
}
