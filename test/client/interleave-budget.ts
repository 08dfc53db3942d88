/** How often things happen in one history that would have no end otherwise. */
export interface Budget {
  /** Actors whose process ends: before a step, or while its call is under way. */
  readonly crashes: number;
  /** Creates of which the request, or the answer, gets lost. */
  readonly faults: number;
  /** How often somebody wakes from a short sleep although others have something to do: their calls take so long. */
  readonly waits: number;
  /** How often all processes stand still for longer than a lease. */
  readonly freezes: number;
  /** How often an actor is interrupted who could go on. */
  readonly switches: number;
}

/** Nothing happens, but for the actors' switches. */
export const plain: Budget = { crashes: 0, faults: 0, waits: 0, freezes: 0, switches: Number.POSITIVE_INFINITY };

/** What is left of a budget after a cost. */
export function spend(budget: Budget, cost: Partial<Budget>): Budget {
  return mapBudget((key) => budget[key] - (cost[key] ?? 0));
}

/** What was spent of a budget. */
export function subtract(all: Budget, left: Budget): Budget {
  return mapBudget((key) => (all[key] === left[key] ? 0 : all[key] - left[key]));
}

/** Whether a budget has what something costs. */
export function isAffordable(budget: Budget, cost: Partial<Budget>): boolean {
  return Object.entries(cost).every(([key, amount]) => amount <= budget[key as keyof Budget]);
}

function mapBudget(toAmount: (key: keyof Budget) => number): Budget {
  const [crashes, faults, waits] = [toAmount("crashes"), toAmount("faults"), toAmount("waits")];
  return { crashes, faults, waits, freezes: toAmount("freezes"), switches: toAmount("switches") };
}
