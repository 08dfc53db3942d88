import { setTimeout as wait } from "node:timers/promises";
import type { StagingClient } from "../src/client/staging-client.ts";
import { RestageError } from "../src/errors/restage-error.ts";
import { WaitTimeoutError } from "../src/errors/wait-timeout-error.ts";
import type { AnyModel } from "../src/model/model.ts";
import type { CanarySearch } from "./canary-search.ts";
import type { Staging } from "./staging.ts";

/** What a caller came to know of its staging. Plain JSON. */
export interface CallerRecord {
  readonly staging: Staging;
  /** The run whose images it holds. */
  stagedRunId?: string;
  /** The run that the last error named. */
  runId?: string;
  /** What it was told in the end, where that was no staging. */
  last?: Pick<RestageError, "code" | "retryable" | "billed">;
  /** What it was told, in order: codes of errors, and its own steps. */
  readonly told: string[];
  /** Errors that are none of the library's own. */
  readonly strange: string[];
}

/** A record of a staging that nobody has called for yet. */
export function toCallerRecord(staging: Staging): CallerRecord {
  return { staging, told: [], strange: [] };
}

const gaveUp = new Error("the caller gave up waiting");
const mostTries = 25;
const mostTimeouts = 2;
const timeoutMs = 4_000;

/**
 * Stages as a careful caller does: again with the same key for as long as the error says that this may help; without a key only where
 * nothing was billed for certain.
 */
export async function callByTheRules(
  client: StagingClient<AnyModel>,
  record: CallerRecord,
  search: CanarySearch,
  { isPatient = false } = {},
): Promise<void> {
  const { request, givesUpAfterMs } = record.staging;
  let timeouts = 0;
  const signal = isPatient || givesUpAfterMs === undefined ? undefined : toSignal(givesUpAfterMs);
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const run = await client.stage(request as never, { ...(signal && { signal }), timeoutMs });
      search.seeText("a staged run", JSON.stringify(run));
      record.told.push("staged");
      if (run.images.length === 0) throw new Error("a run was staged without images");
      record.stagedRunId = run.id;
      delete record.last;
      return;
    } catch (error) {
      if (error === gaveUp) {
        record.told.push("gave up");
        return;
      }
      if (!note(record, search, error) || !isRepeatable(error as RestageError, request.idempotencyKey)) return;
      // The queue has it back, and `resume` goes on with it.
      if (WaitTimeoutError.is(error) && ++timeouts === mostTimeouts) return;
      await wait(2 ** Math.min(tries, 6));
    }
  }
}

/** Brings the images home of a run that was settled without its caller. */
export async function fetchByTheRules(
  client: StagingClient<AnyModel>,
  record: CallerRecord,
  runId: string,
  search: CanarySearch,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const run = await client.wait(runId, { timeoutMs });
      search.seeText("a staged run", JSON.stringify(run));
      record.told.push("fetched");
      record.stagedRunId = run.id;
      delete record.last;
      return;
    } catch (error) {
      if (!note(record, search, error) || !(error as RestageError).retryable) return;
      await wait(2 ** Math.min(tries, 6));
    }
  }
}

function note(record: CallerRecord, search: CanarySearch, error: unknown): error is RestageError {
  search.seeError(error);
  if (!RestageError.is(error)) {
    record.told.push("strange");
    record.strange.push(error instanceof Error ? String(error.stack) : String(error));
    return false;
  }
  record.told.push(`${error.code}${error.retryable ? " retryable" : ""} billed ${error.billed}`);
  record.last = { code: error.code, retryable: error.retryable, billed: error.billed };
  if (error.runId !== undefined) record.runId = error.runId;
  return true;
}

// Without a key a second call is a second staging.
function isRepeatable({ retryable, billed }: RestageError, key: string | undefined): boolean {
  return retryable && (key !== undefined || billed === "no");
}

function toSignal(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(gaveUp), milliseconds);
  return controller.signal;
}
