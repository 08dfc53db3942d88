import assert from "node:assert/strict";
import { InvalidRequestError } from "../../errors/invalid-request-error.ts";

/** Holds a call to an `InvalidRequestError` that names exactly these fields. */
export async function assertRefused(call: Promise<unknown>, fields: readonly string[]): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(InvalidRequestError.is(error), `expected an InvalidRequestError, not ${error}`);
    assert.deepEqual(error.problems.map(({ field }) => field).sort(), [...fields].sort());
    return true;
  });
}
