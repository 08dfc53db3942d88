import { finalStates } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { toSpent } from "./settle-run.ts";

/**
 * Tells the budgets of runs that are over and whose process could not, and delivers alerts that were not. A run that was never written
 * down has cost nothing; one that goes on keeps what is reserved for it. Best effort: the next call does the rest.
 */
export async function settleSpending({ spending, runStore, leaseMs }: ClientContext, limit: number): Promise<void> {
  if (spending === undefined) return;
  const settle = async (runId: string) => {
    const run = await runStore.get(runId);
    if (run === undefined || finalStates.includes(run.state)) await spending.settle(runId, run ? toSpent(run) : 0);
  };
  const open = await spending.open({ olderThanMs: leaseMs, limit }).catch(() => []);
  await Promise.allSettled(open.map(settle));
  await spending.deliverAlerts?.().catch(() => undefined);
}
