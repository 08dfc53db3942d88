import { createHash } from "node:crypto";
import type { Clock } from "../../src/basics/clock.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { createReplicateSimulator, type ReplicateSimulator, type ReplicateSimulatorOptions } from "../../src/testing/index.ts";
import { tinyPng } from "../replicate/helpers.ts";
import { type Hold, requestTimeoutMs, toHeldFetch, toHeldStore } from "./interleave-calls.ts";
import { createModel, type Model } from "./interleave-model.ts";
import { createSteps, type Steps } from "./interleave-steps.ts";

// A listing shows a prediction shortly before it must.
const listingLagMs = 900;
const settleMs = 1_000;

/** How long a run belongs to its client, in milliseconds. */
export const leaseMs = requestTimeoutMs + settleMs + 2_000;

/** Somebody with a client of its own, and what it sees. */
export interface Actor {
  readonly client: StagingClient;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly simulator: ReplicateSimulator;
}

/** Clients of one account and one run store, whose every step is held until it is let go. */
export interface World {
  readonly simulator: ReplicateSimulator;
  readonly steps: Steps;
  readonly model: Model;
  /** An actor whose steps are held. */
  join(name: string): Actor;
  /** A client whose steps are done at once, and whose sleep moves the time on. */
  readonly after: StagingClient;
  /** All runs, oldest first. */
  runs(): Promise<readonly RunRecord[]>;
  /** Everything on which the rest of a history depends. */
  toText(): Promise<string>;
  close(): Promise<void>;
}

/** How a call gets through: held, or at once. */
type Pass = Steps["hold"];

/** A world in which nothing has happened yet. Predictions take `durationMs`; the time stands still. */
export async function createWorld(
  options: ReplicateSimulatorOptions & { readonly durationMs: number; readonly mayPayTwice: boolean },
): Promise<World> {
  const { durationMs, mayPayTwice, behaviour, ...replicate } = options;
  const simulator = await createReplicateSimulator({
    seed: 1,
    clock: "manual",
    startAt: Date.UTC(2026, 10, 1),
    startingMs: 0,
    rateLimits: false,
    draw: async () => tinyPng,
    behaviour: { listingLagMs, ...behaviour },
    ...replicate,
  });
  const { clock } = simulator;
  simulator.outcomes.add({ durationMs, times: Number.POSITIVE_INFINITY });
  const runStore = memoryRunStore({ clock: clock.now });
  const model = createModel({ mayPayTwice });
  const steps = createSteps(shorten);
  const inside = { runStore, simulator, model, known: new Map<string, RunRecord>() };
  const runs = async () => [...(await runStore.list({ limit: 1_000 })).runs].reverse();

  function join(name: string, pass: Pass = steps.hold, sleep?: (milliseconds: number) => Promise<void>): Actor {
    const hold: Hold = (step, work, toText) => pass({ actor: name, ...step }, work, toText);
    const ownClock: Clock = {
      now: clock.now,
      sleep:
        sleep ?? ((milliseconds) => hold({ name: "sleep", dueMs: Math.ceil(clock.now() + milliseconds) }, async () => undefined, String)),
    };
    const store = toHeldStore(name, hold, inside);
    const client = new StagingClient({
      token: simulator.token,
      limiter: { acquire: async () => undefined, throttled: async () => undefined },
      retryDelayMs: 1,
      // Seeds that tell the actors' predictions apart.
      random: () => (name.charCodeAt(0) % 100) / 100,
      fetch: toHeldFetch(name, hold, inside),
      clock: ownClock,
      runStore: store,
      requestTimeoutMs,
      settleMs,
      leaseMs,
    });
    return { client, store, clock: ownClock, simulator };
  }

  const atOnce: Pass = (_, work) => work();
  const leap = async (milliseconds: number) => {
    await clock.advance(milliseconds);
  };
  return {
    simulator,
    steps,
    model,
    join: (name) => join(name),
    after: join("after", atOnce, leap).client,
    runs,
    async toText() {
      const predictions = simulator.predictions.map(({ id, status }) => [id, status]);
      return shorten(JSON.stringify([clock.now(), predictions, await runs(), model.toText()]));
    },
    async close() {
      steps.end();
      await simulator.close();
    },
  };
}

function shorten(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}
