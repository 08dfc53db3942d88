import { reconcilePredictions } from "../src/books/reconcile/reconcile-predictions.ts";
import type { MicroUsd } from "../src/model/price.ts";
import { ModelId } from "../src/models/index.ts";
import { finalStates, type RunRecord } from "../src/runs/run.ts";
import type { Spending } from "../src/runs/spending.ts";
import { memoryRunStore } from "../src/stores/memory/memory-run-store.ts";
import type { FaultWorld } from "./fault-world.ts";

const isOver = ({ state }: RunRecord) => finalStates.includes(state);

/** What the books say of the money, beside what Replicate billed. */
export interface BooksAudit {
  readonly billedMicroUsd: MicroUsd;
  /** By the runs that hold the predictions. */
  readonly bookedMicroUsd: MicroUsd;
  /** Billed for predictions that no run holds: of runs that are left for a person. */
  readonly unheldMicroUsd: MicroUsd;
  readonly findings: readonly string[];
}

/** Compares the books with the bill: every prediction that a run holds costs there what was billed, to the micro-dollar. */
export function auditBooks({ simulator }: FaultWorld, runs: readonly RunRecord[]): BooksAudit {
  const findings: string[] = [];
  const attempts = new Map(
    runs.flatMap((run) => run.attempts.flatMap((attempt) => (attempt.predictionId === null ? [] : [[attempt.predictionId, attempt]]))),
  );
  let [billedMicroUsd, bookedMicroUsd, unheldMicroUsd] = [0, 0, 0];
  for (const { id, by, microUsd } of simulator.ledger.entries) {
    if (by !== "client") continue;
    const billed = microUsd ?? 0;
    billedMicroUsd += billed;
    const attempt = attempts.get(id);
    if (attempt === undefined) {
      unheldMicroUsd += billed;
      continue;
    }
    const booked = attempt.cost?.microUsd ?? null;
    // What a failed or canceled prediction costs is not established: the books say so.
    if (booked === null && attempt.predictionStatus !== "succeeded") unheldMicroUsd += billed;
    else if (booked === billed) bookedMicroUsd += billed;
    else findings.push(`the books say ${booked} of prediction ${id}, which is ${attempt.predictionStatus}, and ${billed} was billed`);
  }
  if (billedMicroUsd !== bookedMicroUsd + unheldMicroUsd && findings.length === 0) findings.push("the books do not add up");
  return { billedMicroUsd, bookedMicroUsd, unheldMicroUsd, findings };
}

/** What a budget counts in the end is what the runs cost, and it holds back money for those alone that are not over. */
export async function auditBudget(
  spending: Pick<Spending, "open">,
  spentMicroUsd: MicroUsd,
  runs: readonly RunRecord[],
): Promise<readonly string[]> {
  const cost = runs.filter(isOver).reduce((sum, run) => sum + (run.cost?.microUsd ?? run.estimate.microUsd ?? 0), 0);
  const open = await spending.open({ olderThanMs: 0, limit: 1_000 });
  const over = new Set(runs.filter(isOver).map(({ id }) => id));
  return [
    ...(spentMicroUsd === cost ? [] : [`the budget counted ${spentMicroUsd}, and the runs cost ${cost}`]),
    ...open.filter((id) => over.has(id)).map((id) => `the budget holds money back for run ${id}, which is over`),
  ];
}

/** What is found by comparing with Replicate's listings is what no run holds, and nothing else. */
export async function auditReconciliation(
  { simulator }: FaultWorld,
  runs: readonly RunRecord[],
  since: string,
): Promise<readonly string[]> {
  simulator.faults.clear();
  const { url: baseUrl, token, clock } = simulator;
  for (const prompt of ["planted, one", "planted, two"]) simulator.createElsewhere({ modelId: ModelId.Seedream4, input: { prompt } });
  const held = new Set(runs.flatMap(({ attempts }) => attempts.map(({ predictionId }) => predictionId)));
  const expected = simulator.predictions.flatMap(({ id, createdAt }) => (createdAt < Date.parse(since) || held.has(id) ? [] : [id]));
  const until = new Date(clock.now() + 1_000).toISOString();
  // Past whatever a listing lags behind.
  await clock.advance(60_000);
  const runStore = memoryRunStore();
  for (const run of runs) await runStore.create(run);
  const options = { runStore, since, until, token, baseUrl, clock: { now: clock.now, sleep: clock.advance } };
  const found = new Set((await reconcilePredictions(options)).foreign.map(({ predictionId }) => predictionId));
  return [
    ...expected.filter((id) => !found.has(id)).map((id) => `prediction ${id} has no run, and reconciling does not tell`),
    ...[...found].filter((id) => held.has(id)).map((id) => `reconciling tells of prediction ${id}, which has a run`),
  ];
}
