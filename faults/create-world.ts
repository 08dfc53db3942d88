import { createReplicateSimulator } from "../src/testing/simulator/create-replicate-simulator.ts";
import { canaryToken } from "./canary.ts";
import type { FaultKind } from "./fault-kind.ts";
import type { FaultWorld } from "./fault-world.ts";
import { createProxy } from "./proxy.ts";
import { toRandom } from "./random.ts";
import { timeScale, tinyPng } from "./scale.ts";

/** How much goes wrong in a world. */
export interface WorldOptions {
  readonly seed: number;
  /** The chance that a call is struck, where the kind does not say. Default 0.5. */
  readonly share?: number;
  /** How often a fault strikes at most. Default: as often as the chance is. With 1, and a share of 1: the first call only. */
  readonly times?: number;
}

/** A world in which one kind of fault happens. Close it when done. */
export async function createWorld(kind: FaultKind, options: WorldOptions): Promise<FaultWorld> {
  const { seed, share = 0.5, times = Number.POSITIVE_INFINITY } = options;
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
  // A fault that is to strike every first call strikes all of them, whatever share the kind asks for.
  const toChance = (asked: number) => (share >= 1 ? 1 : asked);
  const world: FaultWorld = {
    simulator,
    proxy,
    baseUrl: `${proxy.origin}/v1`,
    random,
    strike: (fault, asked = share) => {
      simulator.faults.add({ ...fault, times, chance: toChance(asked) });
    },
    cut: (on, fault, asked = share) => proxy.add({ on, fault, times, chance: toChance(asked) }),
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
