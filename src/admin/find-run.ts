import { RunNotFoundError } from "../errors/run-not-found-error.ts";
import type { RunRecord } from "../runs/run.ts";
import type { AdminContext } from "./admin-context.ts";
import type { PathParts } from "./route.ts";

/**
 * The run of a path.
 * @throws {RunNotFoundError}
 */
export async function findRun({ runs }: AdminContext, { run: id = "" }: PathParts): Promise<RunRecord> {
  const run = await runs.get(id);
  if (run === undefined) throw new RunNotFoundError(id.slice(0, 100));
  return run;
}
