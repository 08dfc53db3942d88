import { InvalidRequestError } from "../../errors/invalid-request-error.ts";
import type { Cost, MicroUsd } from "../../model/price.ts";
import { type Attempt, finalStates, type RunRecord, type RunState } from "../../runs/run.ts";
import type { RunPatch, RunStore } from "../../runs/run-store.ts";
import { sumCosts } from "../../runs/sum-costs.ts";
import { updateRun } from "../../runs/update-run.ts";
import { findAttempt, type Period, readAttempts } from "./read-attempts.ts";
import type { InvoiceRow } from "./read-invoice.ts";

/** What is reconciled with what. */
export interface ReconcileInvoiceOptions {
  /** What `readInvoice` gave. */
  readonly rows: readonly InvoiceRow[];
  readonly runStore: RunStore;
}

/** An attempt of a run, named without what it staged. */
export interface BookedAttempt {
  readonly runId: string;
  readonly predictionId: string;
  readonly modelId: string;
  /** What the books say, or said before; `null`: unknown. */
  readonly microUsd: MicroUsd | null;
}

/** What an invoice came to. Plain JSON. */
export interface InvoiceReconciliation {
  /** Attempts that have the invoice's amount from now on, with what the books said before. */
  readonly updated: readonly (BookedAttempt & { readonly invoicedMicroUsd: MicroUsd })[];
  /** How many had it before. */
  readonly unchanged: number;
  /** Rows of the invoice that no run belongs to: another program's, or paid and lost. */
  readonly foreign: readonly InvoiceRow[];
  /** Attempts sent within the time that the invoice covers, which it leaves out although they are not free by the books. */
  readonly missing: readonly BookedAttempt[];
  /** Runs on the invoice that are not over in the books. They are left as they are: `client.resume()` first, then reconcile again. */
  readonly unsettled: readonly { readonly runId: string; readonly predictionId: string; readonly state: RunState }[];
  /** By how much the invoice is above what the books said of the updated attempts, where what was unknown counts as nothing. */
  readonly differenceMicroUsd: number;
  /** The sum of the invoice. */
  readonly invoiceMicroUsd: MicroUsd;
}

/**
 * Writes what an invoice says of each prediction into the run that it belongs to, whose cost then is no estimate any more. Run by run: where
 * the store fails on the way, do it again. The same invoice once more changes nothing. Budgets keep what was settled with them.
 * @throws {InvalidRequestError} when the rows are none, or come to more than a number holds exactly; nothing is changed.
 * @throws what the store throws.
 *
 * @example
 * ```ts
 * import { memoryRunStore } from "restage";
 * import { readInvoice, reconcileInvoice } from "restage/books";
 *
 * const rows = readInvoice("prediction_id,amount_usd\nabc123,0.03");
 * const { updated, missing } = await reconcileInvoice({ rows, runStore: memoryRunStore() });
 * ```
 */
export async function reconcileInvoice({ rows, runStore }: ReconcileInvoiceOptions): Promise<InvoiceReconciliation> {
  checkRows(rows);
  const updated: (BookedAttempt & { invoicedMicroUsd: MicroUsd })[] = [];
  const unsettled: InvoiceReconciliation["unsettled"][number][] = [];
  const foreign: InvoiceRow[] = [];
  const sentAtMs: number[] = [];

  for (const row of rows) {
    const { predictionId, microUsd } = row;
    const found = await findAttempt(runStore, predictionId);
    if (found === undefined) {
      foreign.push(row);
      continue;
    }
    sentAtMs.push(Date.parse(found.attempt.sentAt));
    let before: Attempt | undefined;
    const run = await updateRun(
      runStore,
      found.run.id,
      (current) => {
        before = current.attempts.find((attempt) => attempt.predictionId === predictionId);
        return toPatch(current, before, microUsd);
      },
      found.run,
    );
    if (!finalStates.includes(run.state)) unsettled.push({ runId: run.id, predictionId, state: run.state });
    else if (before && !isInvoiced(before, microUsd)) updated.push({ ...toBooked(run, before, predictionId), invoicedMicroUsd: microUsd });
  }

  const invoiced = new Set(rows.map(({ predictionId }) => predictionId));
  return {
    updated,
    unchanged: rows.length - updated.length - unsettled.length - foreign.length,
    foreign,
    missing: sentAtMs.length === 0 ? [] : await findMissing(runStore, invoiced, toPeriod(sentAtMs)),
    unsettled,
    differenceMicroUsd: updated.reduce((sum, { invoicedMicroUsd, microUsd }) => sum + invoicedMicroUsd - (microUsd ?? 0), 0),
    invoiceMicroUsd: rows.reduce((sum, { microUsd }) => sum + microUsd, 0),
  };
}

// Of a run that goes on, the end is still to be written, and would write over the invoice's amount.
function toPatch({ state, attempts }: RunRecord, attempt: Attempt | undefined, microUsd: MicroUsd): RunPatch | undefined {
  if (attempt === undefined || !finalStates.includes(state) || isInvoiced(attempt, microUsd)) return undefined;
  const { priceVersion = null, outputs = 0 } = attempt.cost ?? {};
  const cost: Cost = { microUsd, basis: "invoice", priceVersion, outputs };
  const changed = attempts.map((each) => (each === attempt ? { ...each, cost } : each));
  return { attempts: changed, cost: sumCosts(changed) };
}

async function findMissing(runStore: RunStore, invoiced: ReadonlySet<string>, period: Period): Promise<readonly BookedAttempt[]> {
  const missing: BookedAttempt[] = [];
  for await (const { run, attempt } of readAttempts(runStore, period)) {
    const { predictionId, cost } = attempt;
    const isPaid = finalStates.includes(run.state) && cost?.microUsd !== 0;
    if (isPaid && predictionId !== null && !invoiced.has(predictionId)) missing.push(toBooked(run, attempt, predictionId));
  }
  return missing;
}

function toBooked({ id }: RunRecord, { modelId, cost }: Attempt, predictionId: string): BookedAttempt {
  return { runId: id, predictionId, modelId, microUsd: cost?.microUsd ?? null };
}

function isInvoiced({ cost }: Attempt, microUsd: MicroUsd): boolean {
  return cost?.basis === "invoice" && cost.microUsd === microUsd;
}

// Its own predictions tell which time an invoice covers. Not by a spread: an invoice may be long.
function toPeriod(times: readonly number[]): Period {
  const [sinceMs, lastMs] = times.reduce(
    ([first, last], time) => [Math.min(first, time), Math.max(last, time)],
    [Number.POSITIVE_INFINITY, 0],
  );
  return { sinceMs, untilMs: lastMs + 1 };
}

function checkRows(rows: readonly InvoiceRow[]): void {
  const isRow = (row: InvoiceRow) => typeof row?.predictionId === "string" && Number.isSafeInteger(row.microUsd) && row.microUsd >= 0;
  const wrong = Array.isArray(rows) ? rows.findIndex((row) => !isRow(row)) : undefined;
  if (wrong === -1) {
    checkSum(rows);
    return;
  }
  const message = "must be what readInvoice gives: predictionId, and microUsd in whole micro-dollars, not negative";
  throw new InvalidRequestError([{ field: wrong === undefined ? "rows" : `rows[${wrong}]`, message }]);
}

// Then the sum of a run is exact, too.
function checkSum(rows: readonly InvoiceRow[]): void {
  if (rows.reduce((sum, { microUsd }) => sum + BigInt(microUsd), 0n) <= Number.MAX_SAFE_INTEGER) return;
  const message = "come to more than 9,007,199,254,740,991 micro-dollars together, which no number holds exactly";
  throw new InvalidRequestError([{ field: "rows", message }]);
}
