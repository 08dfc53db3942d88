import type { Clock } from "../basics/clock.ts";
import { finalStates, type RunRecord } from "../runs/run.ts";
import { isLeftUnknown } from "../runs/run-changes.ts";
import type { RunPatch, RunStore } from "../runs/run-store.ts";
import { updateRun } from "../runs/update-run.ts";

/** A run in our hands. */
export interface Lease {
  /**
   * Changes the run as `updateRun` does, and prolongs the lease where the patch says nothing of it. Once somebody else has taken the run
   * over, it is only read: `isOurs` tells.
   */
  update(toPatch: (run: RunRecord) => RunPatch | undefined): Promise<{ readonly run: RunRecord; readonly isOurs: boolean }>;
}

/** The runs that a client holds, so that no other process takes them over. */
export interface Leases {
  /** Does some work while nobody else may claim the run, which is given as its store gave it with the lease; lets it go when the work fails. */
  hold<Result>(run: RunRecord, work: (lease: Lease) => Promise<Result>): Promise<Result>;
  /** Lets a running run go, and gives it as it stands. */
  release(runId: string): Promise<RunRecord>;
}

// Real time, whatever the client's clock: a tick only looks whether a lease is due.
const tickMs = 250;

/** Prolongs the lease of every held run each time that a third of it is over. */
export function createLeases(runStore: RunStore, clock: Clock, leaseMs: number): Leases {
  const held = new Set<{ renewedAtMs: number; readonly renew: () => Promise<unknown> }>();
  let timer: ReturnType<typeof setInterval> | undefined;

  function createLease({ id, leaseExpiresAt }: RunRecord) {
    let expiresAt = leaseExpiresAt;
    let turn: Promise<unknown> = Promise.resolve();

    // A lease that lapsed may have been claimed, which shows in its end; who holds a running run makes no difference to the money.
    const owns = (run: RunRecord) => run.state === "running" || run.leaseExpiresAt === expiresAt;

    // One at a time, so that whoever looks knows the end that was written last.
    function update(toPatch: (run: RunRecord) => RunPatch | undefined) {
      const work = async () => {
        let isOurs = false;
        let isChanged = false;
        const run = await updateRun(runStore, id, (current) => {
          isOurs = owns(current);
          const patch = isOurs ? toPatch(current) : undefined;
          isChanged = patch !== undefined;
          return patch && { leaseMs, ...patch };
        });
        if (isChanged) expiresAt = run.leaseExpiresAt;
        return { run, isOurs };
      };
      const result = turn.then(work);
      turn = result.catch(() => undefined);
      return result;
    }
    return { update };
  }

  function tick(): void {
    const dueMs = clock.now() - leaseMs / 3;
    for (const entry of held) {
      // A clock may be put back.
      const before = Math.min(entry.renewedAtMs, clock.now());
      if (before >= dueMs) continue;
      entry.renewedAtMs = clock.now();
      // One that fails is tried again soon; a lease that ends costs no money, since every step looks at the run once more.
      void entry.renew().catch(() => {
        entry.renewedAtMs = before;
      });
    }
  }

  const isOpen = (run: RunRecord) => !finalStates.includes(run.state) && !isLeftUnknown(run);
  return {
    release: (runId) => updateRun(runStore, runId, ({ state }) => (state === "running" ? { leaseMs: null } : undefined)),
    async hold(run, work) {
      const lease = createLease(run);
      const renew = () => lease.update((current) => (held.has(entry) && isOpen(current) ? {} : undefined));
      const entry = { renewedAtMs: clock.now(), renew };
      held.add(entry);
      timer ??= setInterval(tick, tickMs);
      try {
        return await work(lease);
      } catch (error) {
        held.delete(entry);
        await lease.update((current) => (isOpen(current) ? { leaseMs: null } : undefined)).catch(() => undefined);
        throw error;
      } finally {
        held.delete(entry);
        if (held.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      }
    },
  };
}
