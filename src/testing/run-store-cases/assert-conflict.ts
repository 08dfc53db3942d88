import assert from "node:assert/strict";
import { RunConflictError } from "../../errors/run-conflict-error.ts";

/** Holds a write to a `RunConflictError` with these details. */
export async function assertConflict(
  write: Promise<unknown>,
  details: { readonly runId: string; readonly expectedVersion: number; readonly currentVersion: number },
): Promise<void> {
  await assert.rejects(write, (error) => {
    assert.ok(RunConflictError.is(error), `expected a RunConflictError, not ${error}`);
    const { runId, expectedVersion, currentVersion } = error;
    assert.deepEqual({ runId, expectedVersion, currentVersion }, details);
    return true;
  });
}
