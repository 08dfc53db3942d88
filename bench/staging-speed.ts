import { type Clock, systemClock } from "../src/basics/clock.ts";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";
import { type Side, toFetchSide, toReplicateSide, toRestageSide } from "./staging-sides.ts";
import { startReplicate } from "./start-replicate.ts";

const rounds = 21;
const stagingsPerRound = 100;
const concurrency = 32;
const imageBytes = 1_000;

/**
 * Stagings per second by the official client and by bare `fetch`, each with the same three requests to the same server: create, one look,
 * download. All predictions are done at the first look and images are small, so that nothing counts but the processor's time. What the
 * others leave out (checks, marks, records, bounds on time, retries) shows here, and nowhere else: an account's 600 creates a minute take
 * some 2 % of one processor. The bounds are there to notice when it grows.
 */
export async function measureStagingSpeed(): Promise<readonly Measurement[]> {
  const server = await startReplicate({ seed: 1, imageBytes, isDoneAtFirstLook: true });
  try {
    const sides = [toRestageSide(server, shortSleeps), await toReplicateSide(server), await toFetchSide(server, 0)] as const;
    const speeds: number[][] = [[], [], []];
    for (let round = -4; round < rounds; round += 1) {
      // In turning order: whatever else the machine does slows all of them.
      for (const place of [0, 1, 2].map((step) => (step + Math.abs(round)) % 3)) {
        const speed = await measureSpeed(sides[place] as Side);
        const counts = await server.countRequests();
        // Before its first create, this client also asks for Replicate's time: that is over by now.
        if (round >= 0) {
          checkCounts(counts);
          speeds[place]?.push(speed);
        }
      }
    }
    const [ours = [], theirs = [], bare = []] = speeds;
    const by = (others: readonly number[]) => median(ours.map((speed, round) => speed / (others[round] ?? Number.NaN)));
    return [
      {
        name: "stagings per second of models without a duration, by replicate 1.4.0",
        value: by(theirs),
        unit: "×",
        limit: { atLeast: 0.25 },
      },
      { name: "stagings per second of models without a duration, by bare fetch", value: by(bare), unit: "×", limit: { atLeast: 0.2 } },
    ];
  } finally {
    server.stop();
  }
}

/** The official client looks at once: this one must not lose by its patience. */
const shortSleeps: Clock = {
  now: systemClock.now,
  sleep: (milliseconds, signal) => systemClock.sleep(Math.min(milliseconds, 1), signal),
};

async function measureSpeed(stage: Side): Promise<number> {
  let left = stagingsPerRound;
  const start = performance.now();
  const stageAll = async () => {
    for (; left > 0; ) {
      left -= 1;
      const { image } = await stage();
      if (image.length !== imageBytes) throw new Error(`an image has ${image.length} bytes instead of ${imageBytes}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, stageAll));
  return (stagingsPerRound / (performance.now() - start)) * 1_000;
}

function checkCounts(counts: Readonly<Record<string, number>>): void {
  const expected = { "create 201": stagingsPerRound, "get 200": stagingsPerRound, "output 200": stagingsPerRound };
  const toText = (all: Readonly<Record<string, number>>) => JSON.stringify(Object.entries(all).sort());
  if (toText(counts) !== toText(expected)) throw new Error(`the sides ask otherwise: ${toText(counts)}`);
}
