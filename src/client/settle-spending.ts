import { toCode } from "../errors/to-code.ts";
import { finalStates } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import { tellSpent } from "./tell-spent.ts";

/**
 * Tells the budgets of runs that are over and whose process could not, and delivers alerts that were not. One that goes on, and one that
 * another run store may have, keeps what is reserved for it. Best effort: the next call does the rest.
 */
export async function settleSpending(context: ClientContext): Promise<void> {
  const { spending, runStore, leaseMs, notify } = context;
  if (spending === undefined) return;
  const settle = async (runId: string) => {
    const run = await runStore.get(runId);
    if (run && finalStates.includes(run.state)) await tellSpent(context, run);
  };
  try {
    // As many as may be: runs that are left for a person stay the oldest.
    const open = await spending.open({ olderThanMs: leaseMs, limit: 1_000 });
    await Promise.allSettled(open.map(settle));
    await spending.deliverAlerts?.();
  } catch (error) {
    notify({ type: "budgets.unreachable", code: toCode(error) });
  }
}
