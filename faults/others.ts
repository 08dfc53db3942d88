import { parseArgs } from "node:util";
import { createTerminal } from "../src/cli/terminal.ts";
import { compareClients } from "./compare/compare-clients.ts";
import { kindGroups } from "./compare/compared-kinds.ts";
import { toComparisonTable } from "./compare/comparison-table.ts";
import { installOthers } from "./compare/install-others.ts";
import { toTally } from "./compare/tally.ts";

const values = readOptions();
const times = toCount("times");
const seed = toCount("seed");
const concurrency = toCount("concurrency");
const minutes = toCount("minutes");
const terminal = createTerminal(process);
const groups = kindGroups
  .map(({ title, kinds }) => ({ title, kinds: kinds.filter(({ name }) => values.kind?.includes(name) ?? true) }))
  .filter(({ kinds }) => kinds.length > 0);
const kinds = groups.flatMap((group) => group.kinds);
const known = kindGroups.flatMap((group) => group.kinds.map(({ name }) => name));
const unknown = values.kind?.find((name) => !known.includes(name));
if (unknown !== undefined) fail(`There is no kind "${unknown}". There are: ${known.join(", ")}`);

try {
  installOthers();
} catch {
  fail("The other clients could not be installed; npm says why above. They need a registry once.");
}
// The versions are read when it is loaded.
const { comparedClients: clients } = await import("./clients/clients.ts");
const endsAt = Date.now() + minutes * 60_000;
const entries = await compareClients({
  clients,
  kinds,
  times,
  seed,
  concurrency,
  endsAt,
  onProgress(done, all) {
    const progress = `${done} of ${all} stagings`;
    if (terminal.isInteractive) terminal.redraw(progress);
    else if (done % Math.ceil(all / 10) === 0) terminal.note(progress);
  },
});
terminal.redraw("");
const isComplete = entries.length === clients.length * kinds.length * times;
if (values.json) terminal.print(JSON.stringify({ isComplete, node: process.version, times, clients: toReport() }, null, 2));
else terminal.print(toComparisonTable(groups, clients, entries));
if (!isComplete) terminal.note("The time was over before all stagings had begun: these counts are not complete.");
process.exitCode = isComplete ? 0 : 1;

function readOptions() {
  try {
    return parseArgs({
      options: {
        json: { type: "boolean", default: false },
        kind: { type: "string", multiple: true },
        times: { type: "string", default: "20" },
        seed: { type: "string", default: "1" },
        minutes: { type: "string", default: "30" },
        concurrency: { type: "string", default: "6" },
      },
    }).values;
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : error}\nThe options are --json, --kind, --times, --seed, --minutes and --concurrency.`,
    );
  }
}

function toReport() {
  return clients.map(({ name, version }) => {
    const own = entries.filter(({ client }) => client === name);
    const byKind = kinds.map((kind) => {
      const stagings = own.filter((entry) => entry.kind === kind.name);
      return { kind: kind.name, title: kind.title, ...toTally(stagings), errorNames: countNames(stagings) };
    });
    return { name, version, totals: toTally(own), kinds: byKind };
  });
}

function countNames(stagings: typeof entries): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { error } of stagings) if (error !== undefined) counts[error] = (counts[error] ?? 0) + 1;
  return counts;
}

function toCount(option: "times" | "seed" | "minutes" | "concurrency"): number {
  const count = Number(values[option]);
  return Number.isSafeInteger(count) && count > 0 ? count : fail(`--${option} is a whole number from 1, not "${values[option]}".`);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
