import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { MicroUsd } from "../model/price.ts";
import { makesRoom } from "../runs/makes-room.ts";
import { finalStates, type RunRecord, type RunState } from "../runs/run.ts";
import type { RunStore } from "../runs/run-store.ts";

/** How far the runs of a group are. Plain JSON. */
export interface GroupProgress {
  readonly id: string;
  /** How many runs it will have, as the requests told; `null` where none did. */
  readonly size: number | null;
  /** How many there are by now, in each state that has some; without those that failed and were sent anew under their key. */
  readonly counts: Readonly<Partial<Record<RunState, number>>>;
  readonly finished: number;
  /** Whether all of its `size` runs are over; without a size, whether all that there are by now. */
  readonly isComplete: boolean;
  /** What the finished ones cost; `null` where that of one is unknown. */
  readonly costMicroUsd: MicroUsd | null;
  /** Newest first. */
  readonly runs: readonly RunRecord[];
}

/**
 * Reads the runs of a group, and how far they are.
 * @throws {InvalidRequestError} for an id that is no text.
 */
export async function readGroup(runStore: RunStore, id: string): Promise<GroupProgress> {
  // A store would take none for all runs.
  if (typeof id !== "string") throw new InvalidRequestError([{ field: "group", message: "must be a text" }]);
  const runs: RunRecord[] = [];
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const page = await runStore.list({ group: id, limit: 1_000, cursor });
    runs.push(...page.runs);
    cursor = page.cursor;
  }
  const size = runs.find(({ groupSize }) => groupSize !== null)?.groupSize ?? null;
  const current = withoutReplaced(runs);
  const over = current.filter(({ state }) => finalStates.includes(state));
  const counts: Partial<Record<RunState, number>> = {};
  for (const { state } of current) counts[state] = (counts[state] ?? 0) + 1;
  const costs = over.map(({ cost }) => (cost === null ? 0 : cost.microUsd));
  return {
    id,
    size,
    counts,
    finished: over.length,
    isComplete: runs.length > 0 && over.length === current.length && over.length >= (size ?? 0),
    costMicroUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    runs,
  };
}

/** Without the runs that were refused, free, and whose key another run of the same request has: they would count twice. */
function withoutReplaced(runs: readonly RunRecord[]): readonly RunRecord[] {
  const keyed = new Set(runs.flatMap(({ idempotencyKey, fingerprint }) => (idempotencyKey === null ? [] : [fingerprint])));
  return runs.filter((run) => run.idempotencyKey !== null || !makesRoom(run) || !keyed.has(run.fingerprint));
}
