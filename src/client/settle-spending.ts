import { finalStates } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { toSpent } from "./settle-run.ts";

/**
 * Tells the budgets of runs that are over and whose process could not, and delivers alerts that were not. One that goes on, and one that
 * another run store may have, keeps what is reserved for it. Best effort: the next call does the rest.
 */
export async function settleSpending({ spending, runStore, leaseMs }: ClientContext): Promise<void> {
  if (spending === undefined) return;
  const settle = async (runId: string) => {
    const run = await runStore.get(runId);
    if (run && finalStates.includes(run.state)) await spending.settle(runId, toSpent(run));
  };
  // As many as may be: runs that are left for a person stay the oldest.
  const open = await spending.open({ olderThanMs: leaseMs, limit: 1_000 }).catch(() => []);
  await Promise.allSettled(open.map(settle));
  await spending.deliverAlerts?.().catch(() => undefined);
}
