import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";
import { type Side, toFetchSide, toReplicateSide, toRestageSide } from "./staging-sides.ts";
import { type ServedReplicate, startReplicate } from "./start-replicate.ts";

// What a batch has under way by default. A client that waits for many more looks more seldom, to stay within the limits.
const concurrency = 8;
const stagingsPerBatch = 40;
const batches = 8;
// The first ones of a client teach it how long the model takes.
const ignored = 16;

/**
 * From the end of a prediction until its image is there, and how many requests and how much time a staging takes, by the official client
 * and by bare fetch when they poll. In real time, since scaled pauses would count the time of the processor many times over. Each side has a simulated
 * Replicate of the same seed: its predictions take as long as the other's, 8 s for the model that runs by default, up to a fifth less or
 * more, as Replicate's do (5 to 15 s for most models, 20 to 30 s for the slowest, 2026-11). All run at once: whatever else the machine
 * does slows them all.
 */
export async function measureStagingDelay(): Promise<readonly Measurement[]> {
  const servers = [await start(), await start(), await start()] as const;
  try {
    const [ours, theirs, bare] = await Promise.all([
      stageAll(servers[0], toRestageSide),
      stageAll(servers[1], toReplicateSide),
      stageAll(servers[2], toFetchSide),
    ]);
    const name = "by replicate 1.4.0 when it polls";
    return [
      { name: `median delay of an image, ${name}`, value: ours.delayMs / theirs.delayMs, unit: "×", limit: { atMost: 0.33 } },
      { name: `stagings per second, ${name}`, value: theirs.totalMs / ours.totalMs, unit: "×", limit: { atLeast: 1 } },
      { name: "stagings per second, by bare fetch that polls", value: bare.totalMs / ours.totalMs, unit: "×", limit: { atLeast: 0.8 } },
      { name: `requests of all stagings, ${name}`, value: ours.requests / theirs.requests, unit: "×", limit: { atMost: 1 } },
    ];
  } finally {
    for (const server of servers) server.stop();
  }
}

function start(): Promise<ServedReplicate> {
  return startReplicate({ seed: 1, imageBytes: 100_000 });
}

async function stageAll(server: ServedReplicate, toSide: (server: ServedReplicate) => Side | Promise<Side>) {
  const all = await Promise.all(Array.from({ length: batches }, async () => stageBatch(await toSide(server))));
  const counts = Object.values(await server.countRequests());
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    delayMs: median(all.flatMap(({ delaysMs }) => delaysMs)),
    totalMs: sum(all.flatMap(({ takenMs }) => takenMs)),
    requests: sum(counts),
  };
}

/** The delays of a batch in milliseconds, without those of the first stagings; and how long each of all its stagings took. */
async function stageBatch(stage: Side): Promise<{ readonly delaysMs: readonly number[]; readonly takenMs: readonly number[] }> {
  const delaysMs: number[] = [];
  const takenMs: number[] = [];
  let begun = 0;
  const stageInTurn = async () => {
    while (begun < stagingsPerBatch) {
      begun += 1;
      const isCounted = begun > ignored;
      const startMs = Date.now();
      const { completedAt } = await stage();
      takenMs.push(Date.now() - startMs);
      if (isCounted) delaysMs.push(Date.now() - Date.parse(completedAt ?? ""));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, stageInTurn));
  return { delaysMs, takenMs };
}
