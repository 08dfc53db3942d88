import { setTimeout as sleep } from "node:timers/promises";
import type { ClientProcess, StagingEnd } from "../clients/client-process.ts";
import { createWorld } from "../create-world.ts";
import type { FaultKind } from "../fault-kind.ts";
import type { FaultWorld } from "../fault-world.ts";
import { timeScale } from "../scale.ts";
import { strikeOnce } from "./strike-once.ts";

/** What one staging came to. */
export interface ComparedStaging extends StagingEnd {
  /** Creates that reached Replicate. */
  readonly creates: number;
  readonly predictions: number;
  /** Predictions that were billed. */
  readonly paid: number;
}

/** What a staging may take, by Replicate's clock, in milliseconds. */
const limitMs = 600_000;

// A create may arrive later than its client knows, and is billed only when its run is over.
const lateMs = 150;
const runsOverMs = 2_000;

/** One staging of a client in a world of its own, where this kind of fault happens. */
export async function compareStaging(client: ClientProcess, kind: FaultKind, seed: number, index: number): Promise<ComparedStaging> {
  const replicate = { ...kind.replicate, maximumRecordedRequests: Number.POSITIVE_INFINITY };
  const world = await createWorld({ ...kind, replicate, arrange: () => undefined }, { seed: seed + index });
  try {
    const { simulator, baseUrl: url } = world;
    await strikeOnce(kind, world, index);
    const prompt = `Furnish this living room. Staging ${kind.name} ${index}.`;
    const photoUrl = "https://example.com/room.jpg";
    const end = await client.stage({ url, token: simulator.token, prompt, photoUrl, limitMs: limitMs * timeScale });
    await untilRunsAreOver(world);
    const ours = simulator.ledger.entries.filter(({ by }) => by === "client");
    return {
      ...end,
      creates: simulator.requests.filter(({ target }) => target === "create").length,
      predictions: ours.length,
      paid: ours.filter(({ outputs }) => outputs > 0).length,
    };
  } finally {
    await world.close();
  }
}

async function untilRunsAreOver({ simulator }: FaultWorld): Promise<void> {
  await sleep(lateMs);
  const until = Date.now() + runsOverMs;
  const areRunning = () => simulator.predictions.some(({ by, completedAt }) => by === "client" && completedAt === null);
  while (areRunning() && Date.now() < until) await sleep(10);
}
