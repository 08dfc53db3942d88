import { setTimeout as wait } from "node:timers/promises";
import type { StagedRun } from "../src/client/staged-run.ts";
import type { StagingClient } from "../src/client/staging-client.ts";
import { RestageError } from "../src/errors/restage-error.ts";
import { ThrottledError } from "../src/errors/throttled-error.ts";
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
const timeoutMs = 3_000;

/**
 * Stages as a careful caller does: again with the same key for as long as the error says that this may help; without a key only where
 * nothing was billed for certain.
 */
export function callByTheRules(
  client: StagingClient<AnyModel>,
  record: CallerRecord,
  search: CanarySearch,
  { isPatient = false, mostTimeouts = 1 } = {},
): Promise<void> {
  const { request, givesUpAfterMs } = record.staging;
  const signal = isPatient || givesUpAfterMs === undefined ? undefined : toSignal(givesUpAfterMs);
  const hasKey = request.idempotencyKey !== undefined;
  return untilTold(record, search, {
    what: "staged",
    act: () => client.stage(request as never, { ...(signal && { signal }), timeoutMs }),
    // Without a key a second call is a second staging.
    isRepeatable: ({ retryable, billed }) => retryable && (hasKey || billed === "no"),
    // The queue has it back, and `resume` goes on with it.
    mostTimeouts,
  });
}

/** Brings the images home of a run that was settled without its caller. */
export function fetchByTheRules(client: StagingClient<AnyModel>, record: CallerRecord, runId: string, search: CanarySearch): Promise<void> {
  return untilTold(record, search, {
    what: "fetched",
    act: () => client.wait(runId, { timeoutMs }),
    isRepeatable: ({ retryable }) => retryable,
    mostTimeouts: 2,
  });
}

interface Calling {
  /** What it is called in the record. */
  readonly what: string;
  act(): Promise<StagedRun>;
  isRepeatable(error: RestageError): boolean;
  readonly mostTimeouts: number;
}

async function untilTold(record: CallerRecord, search: CanarySearch, { what, act, isRepeatable, mostTimeouts }: Calling): Promise<void> {
  let timeouts = 0;
  let waitedFor: string | undefined;
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const run = await act();
      search.seeText("a staged run", JSON.stringify(run));
      if (run.images.length === 0) throw new Error("a run was staged without images");
      record.told.push(what);
      record.stagedRunId = run.id;
      delete record.last;
      return;
    } catch (error) {
      if (error === gaveUp) {
        record.told.push("gave up");
        return;
      }
      if (!note(record, search, error) || !isRepeatable(error)) return;
      // Another run of the same key is a new chance.
      if (error.runId !== waitedFor) timeouts = 0;
      waitedFor = error.runId;
      if (WaitTimeoutError.is(error) && ++timeouts === mostTimeouts) return;
      // Whoever shares the limiter is held for a second at least, longer than the rest takes here; and it is everybody's turn once.
      if (ThrottledError.is(error)) tries -= 0.9;
      await wait(ThrottledError.is(error) ? Math.max(1_000, error.retryAfterMs ?? 0) : 2 ** Math.min(tries, 6));
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

function toSignal(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(gaveUp), milliseconds);
  return controller.signal;
}
