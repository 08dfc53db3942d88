import { createReplicateSimulator } from "../src/testing/simulator/create-replicate-simulator.ts";
import { canaryToken } from "./canary.ts";
import type { FaultKind } from "./fault-kind.ts";
import { type FaultWorld, refused } from "./fault-world.ts";
import { createProxy, toLabel } from "./proxy.ts";
import { toRandom } from "./random.ts";
import { timeScale, tinyPng } from "./scale.ts";

/** How much goes wrong in a world. */
export interface WorldOptions {
  readonly seed: number;
  /** The chance that a call is struck, where the kind does not say. Default 0.5. */
  readonly share?: number;
  /** How often a fault strikes at most. Default: as often as the chance is. With 1, and a share of 1: the first call only. */
  readonly times?: number;
  /** Whether every fault strikes once for certain, before chance decides. Default `false`. */
  readonly isSure?: boolean;
}

/** A world in which one kind of fault happens. Close it when done. */
export async function createWorld(kind: FaultKind, options: WorldOptions): Promise<FaultWorld> {
  const { seed, share = 0.5, times = Number.POSITIVE_INFINITY, isSure = false } = options;
  const random = toRandom(seed);
  const simulator = await createReplicateSimulator({
    seed,
    timeScale,
    token: canaryToken,
    draw: async () => tinyPng,
    rateLimits: false,
    ...kind.replicate,
  });
  const proxy = await createProxy(new URL(simulator.url).origin, random);
  const timers: ReturnType<typeof setInterval>[] = [];
  const wanted = new Set<string>();
  let refusals = 0;
  // A fault that is to strike every first call strikes all of them, whatever share the kind asks for.
  const toRules = (label: string, asked: number) => {
    wanted.add(label);
    const byChance = { times, chance: share >= 1 ? 1 : asked };
    return isSure ? [{ times: 1, chance: 1 }, byChance] : [byChance];
  };
  const world: FaultWorld = {
    simulator,
    proxy,
    baseUrl: `${proxy.origin}/v1`,
    wanted,
    get refusals() {
      return refusals;
    },
    fetch: (input, init) =>
      fetch(input, init).catch((error) => {
        if (error.cause?.code === "ECONNREFUSED") refusals += 1;
        throw error;
      }),
    random,
    strike: (fault, asked = share) => {
      for (const rule of toRules(`${fault.on} ${fault.kind}`, asked)) simulator.faults.add({ ...fault, ...rule });
    },
    cut: (on, fault, asked = share) => {
      for (const rule of toRules(toLabel({ on, fault }), asked)) proxy.add({ on, fault, ...rule });
    },
    refuse: () => {
      wanted.add(refused);
      return proxy.refuse();
    },
    every: (milliseconds, act) => {
      timers.push(setInterval(() => void act(), milliseconds));
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await proxy.close();
      await simulator.close();
    },
  };
  await kind.arrange?.(world);
  return world;
}
