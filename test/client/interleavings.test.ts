import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { checkBooks, checkEnd, request } from "./interleave-check.ts";
import { exploreAll, playRandomly } from "./interleave-explore.ts";
import { playHistory, type Scenario } from "./interleave-history.ts";
import { type Actor, leaseMs } from "./interleave-world.ts";

/**
 * Every order in which the steps of several clients can come, each step a call of the run store or of Replicate, and everything that the
 * budgets allow to go wrong at any of them. Each history is played by real clients against the simulator, and held against a model at
 * every write and create (interleave-model.ts) and at its end (interleave-check.ts).
 *
 * Exhaustive within each budget, without sampling: all histories that differ in more than the order of steps that nobody else can notice
 * (the look at the account, at a prediction that is over, and at its image). `switches` bounds how often somebody is interrupted who could
 * go on; where it is left out, it is not bounded. A crash is possible before and after every step: the call under way arrives late, or never.
 *
 * RESTAGE_INTERLEAVINGS=1 (2, 3 …) allows so many more switches, does not bound those of two clients and a webhook, and prints how many
 * histories there were.
 */
const more = Number(process.env.RESTAGE_INTERLEAVINGS ?? 0);
const unbounded = more > 0 ? {} : { switches: 2 };

const scenarios: Readonly<Record<string, Scenario>> = {
  "two clients": { actors: { A: stage, B: stage }, budget: {} },
  "two clients, slow calls": { actors: { A: stage, B: stage }, budget: { waits: 1 + more, switches: 1 + more }, slowCreates: true },
  "two clients and a webhook": { actors: { A: stage, B: stage, hook }, hooks: ["hook"], budget: unbounded },
  "two clients and a crash": { actors: { A: stage, B: stage }, budget: { crashes: 1, switches: 1 + more } },
  "two clients, a webhook and a crash": { actors: { A: stage, B: stage, hook }, hooks: ["hook"], budget: { crashes: 1, switches: more } },
  "a crash, and two who resume": { actors: { A: stage, R: resume, S: resume }, budget: { crashes: 1, switches: more } },
  "two clients and a lost create": { actors: { A: stage, B: stage }, budget: { faults: 1, switches: 2 + more } },
  "two lost creates and a crash": { actors: { A: stage, B: stage }, budget: { faults: 2, crashes: more > 0 ? 1 : 0, switches: 1 } },
  "two clients that stand still": { actors: { A: stage, B: stage }, budget: { freezes: 1, switches: more } },
  "one that stands still, one that resumes": {
    actors: { A: stage, R: resumeOnce },
    budget: { freezes: 1, switches: 2 + more },
    slowCreates: true,
  },
};

const timeLimitMs = more > 0 ? 3_600_000 : 60_000;

beforeAll(() => {
  // Leases are prolonged by real time, which has no place here.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterAll(() => {
  vi.useRealTimers();
});

describe("all interleavings", () => {
  it.each(Object.entries(scenarios))("%s", { timeout: timeLimitMs }, async (name, scenario) => {
    let ends = 0;
    const explored = await exploreAll((choose) =>
      playHistory(scenario, choose, async (history) => {
        ends += 1;
        await checkEnd(history);
      }),
    );
    expect(ends).toBeGreaterThan(9);
    if (more > 0) process.stderr.write(`${name}: ${explored.histories} histories, ${explored.states} states\n`);
  });

  // The named risk: the look at the clock comes before the create, and nothing can come between them but a process that stands still there.
  it("pays twice only where a sender stands still between its look at the clock and its create", { timeout: timeLimitMs }, async () => {
    const paid: number[] = [];
    const scenario: Scenario = { actors: { A: stage, B: stage }, budget: { freezes: 1, waits: 5, switches: 0 }, freezesSenders: true };
    await exploreAll((choose) =>
      playHistory(scenario, choose, async ({ world }) => {
        await world.simulator.clock.advance(leaseMs + 1_000);
        await world.after.resume();
        paid.push(world.simulator.predictions.length);
        await checkBooks({ world });
      }),
    );
    expect(new Set(paid)).toEqual(new Set([1, 2]));
  });
});

describe("long histories at random", () => {
  const scenario: Scenario = {
    actors: { A: stage, B: stage, C: stage, R: resume, hook },
    hooks: ["hook"],
    budget: { crashes: 2, faults: 1, waits: 4 },
    durationMs: 3_000,
  };
  it.each(Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 32)))("seed %i", { timeout: timeLimitMs }, async (seed) => {
    const count = 10 * 4 ** more;
    for (let index = 0; index < count; index += 1) {
      await playRandomly((choose) => playHistory(scenario, choose, checkEnd), seed + index).catch((error) => {
        throw new Error(`seed ${seed + index}: ${error.message}`, { cause: error });
      });
    }
    expect(count).toBeGreaterThan(0);
  });
});

async function stage({ client }: Actor) {
  return (await client.stage(request)).id;
}

/** What a service does when Replicate calls back: it looks for the run, and waits for it. */
async function hook({ client, store, simulator }: Actor) {
  const [holder] = (await store.list({ predictionId: simulator.predictions[0]?.id ?? "", limit: 1 })).runs;
  const [latest] = holder ? [holder] : (await store.list({ limit: 1 })).runs;
  return (await client.wait(latest?.id ?? "")).id;
}

async function resumeOnce({ client }: Actor) {
  await client.resume();
}

/** A process that takes up what was left behind, when it begins and from time to time. */
async function resume({ client, clock }: Actor) {
  for (let round = 0; round < 3; round += 1) {
    await client.resume();
    await clock.sleep(leaseMs + 1_000);
  }
}
