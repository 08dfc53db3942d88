import type { FaultKind } from "./fault-kind.ts";
import { type FaultWorld, refused } from "./fault-world.ts";
import { groupBy } from "./group-by.ts";
import { timeScale } from "./scale.ts";

/** How often each fault struck, by what it is. */
export type Injected = Readonly<Record<string, number>>;

/**
 * What went wrong in a world, counted where it happened: every fault that was asked for, with 0 for one that never struck. `others`: what
 * happened outside of it, to the run store or to processes.
 */
export function toInjected({ replicate, strikes }: FaultKind, world: FaultWorld, others: Injected = {}): Injected {
  const { simulator, proxy, wanted, refusals } = world;
  const injected: Record<string, number> = Object.fromEntries([...wanted].map((label) => [label, proxy.struck.get(label) ?? 0]));
  for (const { target, fault } of simulator.requests) {
    const label = `${target} ${fault}`;
    if (fault !== null) injected[label] = (injected[label] ?? 0) + 1;
  }
  if (wanted.has(refused)) injected[refused] = refusals;
  // Where there were fewer calls than faults for them, not every fault can have its turn.
  const targetsOfWanted = groupBy([...wanted], toTarget);
  for (const [target, labels] of targetsOfWanted) {
    const calls = simulator.requests.filter((request) => request.target === target).length;
    for (const label of labels) if (injected[label] === 0 && calls > 0 && calls < labels.length) delete injected[label];
  }
  // Without a listing nobody would notice that there is something about it.
  const listings = simulator.requests.filter(({ target, status }) => target === "list" && status !== null);
  if (strikes.includes("list")) {
    if (replicate === undefined) injected["list asked for"] = listings.length;
    else injected["listed otherwise"] = listings.filter(({ at }) => isFelt(at)).length;
  }
  return { ...injected, ...others };

  // One that lags shows only in what was created just before.
  function isFelt(at: number): boolean {
    const lagMs = (replicate?.behaviour?.listingLagMs ?? 0) * timeScale;
    return lagMs === 0 || simulator.predictions.some(({ by, createdAt }) => by === "client" && createdAt <= at && createdAt > at - lagMs);
  }
}

function toTarget(label: string): string {
  return label.split(" ")[0] ?? "";
}
