import { toCode } from "../errors/to-code.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";

/** Tells the budgets what a run cost that is over; where the cost of an attempt is unknown, what was reserved. Never throws. */
export async function tellSpent({ spending, emit }: ClientContext, run: RunRecord): Promise<void> {
  try {
    await spending?.settle(run.id, run.cost === null ? 0 : run.cost.microUsd);
  } catch (error) {
    emit(run, { type: "run.unsettled", code: toCode(error) });
  }
}
