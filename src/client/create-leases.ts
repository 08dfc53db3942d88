import type { Clock } from "../basics/clock.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import type { RunStore } from "../runs/run-store.ts";
import { isLeftUnknown, updateRun } from "./update-run.ts";

/** The runs that a client holds, so that no other process takes them over. */
export interface Leases {
  /** Does some work while nobody else may claim the run; lets it go when the work fails. */
  hold<Result>(runId: string, work: () => Promise<Result>): Promise<Result>;
  /** Lets a run go, and gives it as it stands. */
  release(runId: string): Promise<RunRecord>;
}

// Real time, whatever the client's clock: a tick only looks whether a lease is due.
const tickMs = 250;

/** Prolongs the lease of every held run each time that a third of it is over. */
export function createLeases(runStore: RunStore, clock: Clock, leaseMs: number): Leases {
  const renewedAtMs = new Map<string, number>();
  let timer: ReturnType<typeof setInterval> | undefined;

  // A renewal that fails is tried again soon; a lease that ends costs no money, since every step looks at the run once more.
  async function renew(id: string): Promise<void> {
    const before = renewedAtMs.get(id);
    renewedAtMs.set(id, clock.now());
    await setLease(id, leaseMs, () => renewedAtMs.has(id)).catch(() => {
      if (before !== undefined && renewedAtMs.has(id)) renewedAtMs.set(id, before);
    });
  }

  function setLease(id: string, lease: number | null, isWanted: () => boolean): Promise<RunRecord> {
    return updateRun(runStore, id, (run) =>
      isWanted() && !finalStates.includes(run.state) && !isLeftUnknown(run) ? { leaseMs: lease } : undefined,
    );
  }

  function release(id: string): Promise<RunRecord> {
    return setLease(id, null, () => !renewedAtMs.has(id));
  }

  function tick(): void {
    const dueMs = clock.now() - leaseMs / 3;
    for (const [id, atMs] of renewedAtMs) if (atMs < dueMs) void renew(id);
  }

  return {
    release,
    async hold(runId, work) {
      renewedAtMs.set(runId, clock.now());
      timer ??= setInterval(tick, tickMs);
      try {
        return await work();
      } catch (error) {
        renewedAtMs.delete(runId);
        await release(runId).catch(() => undefined);
        throw error;
      } finally {
        renewedAtMs.delete(runId);
        if (renewedAtMs.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      }
    },
  };
}
