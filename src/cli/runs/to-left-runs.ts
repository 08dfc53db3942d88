import type { RunRecord } from "../../runs/run.ts";
import type { OpenRuns } from "./find-open-runs.ts";

/** Runs that are not over, by what can be done about them. */
export interface LeftRuns {
  /** For a person to conclude. */
  readonly unknown: readonly RunRecord[];
  /** To be taken up by whoever comes. */
  readonly free: readonly RunRecord[];
  /** Some process has them, or had. */
  readonly held: readonly RunRecord[];
  /** When the first of those that are held is free, unless its process prolongs that; an ISO string. */
  readonly heldUntil: string | null;
}

/** What is left, as of a time in milliseconds. */
export function toLeftRuns({ unknown, underWay }: OpenRuns, nowMs: number): LeftRuns {
  const isHeld = ({ leaseExpiresAt }: RunRecord) => leaseExpiresAt !== null && Date.parse(leaseExpiresAt) > nowMs;
  const held = underWay.filter(isHeld);
  const [heldUntil = null] = held.flatMap(({ leaseExpiresAt }) => leaseExpiresAt ?? []).sort();
  return { unknown, free: underWay.filter((run) => !isHeld(run)), held, heldUntil };
}
