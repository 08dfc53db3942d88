import type { FaultKind } from "../fault-kind.ts";
import type { FaultWorld } from "../fault-world.ts";

/**
 * Arranges a kind for one staging: its first create is struck, and what follows goes well. Of a kind's several faults of a create it gets
 * one, in turn by `index`. Faults of other calls strike as often as the kind says.
 */
export async function strikeOnce(kind: FaultKind, world: FaultWorld, index: number): Promise<void> {
  const creates: (() => void)[] = [];
  const { simulator, proxy } = world;
  await kind.arrange?.({
    ...world,
    strike(fault, chance = 1) {
      if (fault.on === "create") creates.push(() => simulator.faults.add({ ...fault, times: 1 }));
      else simulator.faults.add({ ...fault, chance, times: Number.POSITIVE_INFINITY });
    },
    cut(on, fault, chance = 1) {
      if (on === "create") creates.push(() => proxy.add({ on, fault, times: 1 }));
      else proxy.add({ on, fault, chance });
    },
  });
  creates[index % creates.length]?.();
}
