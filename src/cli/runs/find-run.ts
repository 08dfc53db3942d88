import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import { openStates, type RunRecord } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import type { ArgumentDefinition } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** Which run. */
export const runArgument: ArgumentDefinition = {
  name: "ID",
  isRequired: true,
  description: "The id of a run, or its beginning as `restage runs` shows it",
};

/**
 * The run of an id, or of its beginning: that is looked for among the newest 1,000 runs and those that are not over.
 * @throws {RunNotFoundError}
 * @throws {UsageError} where several runs begin so.
 */
export async function findRun(runStore: RunStore, text: string): Promise<RunRecord> {
  const run = await runStore.get(text);
  if (run !== undefined) return run;
  if (!/^run_[0-9a-f-]{4,35}$/.test(text)) throw new RunNotFoundError(text);
  const pages = await Promise.all([runStore.list({ limit: 1_000 }), runStore.list({ states: openStates, limit: 1_000 })]);
  const found = new Map(pages.flatMap(({ runs }) => runs.filter(({ id }) => id.startsWith(text)).map((each) => [each.id, each])));
  if (found.size > 1) throw new UsageError(`Several runs begin with ${text}: ${[...found.keys()].join(", ")}`);
  const [only] = found.values();
  if (only === undefined) throw new RunNotFoundError(text);
  return only;
}
