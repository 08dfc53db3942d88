import { expect } from "vitest";
import type { RunRecord } from "../../src/runs/run.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { createRandom } from "../../src/testing/drawing/random.ts";
import { signWebhook } from "../../src/testing/simulator/sign-webhook.ts";
import { tinyPng } from "./helpers.ts";
import { setTheCallback, type Way } from "./receive-webhooks.ts";

const seed = Number(process.env.RESTAGE_SEED ?? 1);
const atOnce = 50;
const secondMs = 1_000;

/**
 * Stages so many runs while their webhooks, and the answers to their creates, get lost, doubled, late and out of order, beside forged and foreign ones, and expects each to
 * be settled once. Without a store the runs are in memory.
 */
export async function runWebhookStorm(runCount: number, store?: RunStore): Promise<void> {
  const random = createRandom(seed, runCount);
  const tally = { lost: 0, doubled: 0, late: 0, refused: 0, stale: 0, forged: 0, foreign: 0 };
  // Webhooks that are on their way, in no order.
  const underWay: { readonly dueMs: number; readonly deliver: () => Promise<unknown> }[] = [];
  const onTheWay: Way = async (request, deliver) => {
    if (random.chance(0.05)) {
      tally.forged++;
      const body = (await request.clone().text()).replace(/"status":"\w+"/, '"status":"failed"');
      await deliver(new Request(request.url, { method: "POST", headers: request.headers, body: `${body} ` }));
    }
    if (random.chance(0.05)) {
      tally.foreign++;
      const body = JSON.stringify({
        id: `foreign${tally.foreign}`,
        status: "succeeded",
        input: { prompt: "A cat" },
        output: "https://a.test/",
      });
      const headers = signWebhook(simulator.webhookSecret, `msg_foreign${tally.foreign}`, stage.clock.now(), body);
      await deliver(new Request(request.url, { method: "POST", headers, body }));
    }
    if (random.chance(0.15)) {
      tally.lost++;
      return new Response();
    }
    if (random.chance(0.1)) {
      tally.refused++;
      return new Response(null, { status: 502 });
    }
    const copies = random.chance(0.3) ? 2 : 1;
    tally.doubled += copies - 1;
    if (copies === 1 && random.chance(0.4)) return deliver(request);
    tally.late++;
    for (let copy = 0; copy < copies; copy++) {
      const own = request.clone();
      // Some come after five minutes, and are not believed any more.
      underWay.push({ dueMs: stage.clock.now() + random.between(0, random.pick([5, 60, 400]) * secondMs), deliver: () => deliver(own) });
    }
    return new Response();
  };
  const stage = await setTheCallback(
    { limiter: false, ...(store && { runStore: store }) },
    { rateLimits: false, seed, maximumRecordedRequests: 10 },
    onTheWay,
  );
  const { simulator, runStore, clock } = stage;
  const client = stage.another({
    fetch: simulator.fetch,
    limiter: false,
    webhook: { url: "https://example.com/hook", events: ["start", "completed"] },
  });
  // One create in twenty-five is done, and its answer gets lost; some predictions fail; some images do not come at first.
  simulator.faults.add({ on: "create", kind: "reset", when: "after_accept", chance: 0.04, times: Number.POSITIVE_INFINITY });
  simulator.faults.add({ on: "output", kind: "status", status: 503, chance: 0.05, times: Number.POSITIVE_INFINITY });
  let waited = 0;

  for (let begun = 0; begun < runCount; begun += atOnce) {
    const starting = Array.from({ length: Math.min(atOnce, runCount - begun) }, async (_, index) => {
      const { id } = await client.start({ image: tinyPng, room: "living_room", style: "modern", idempotencyKey: `photo-${begun + index}` });
      if (!random.chance(0.2)) return;
      waited++;
      await client.wait(id);
    });
    if (random.chance(0.5)) simulator.outcomes.add({ status: "failed", error: "E1001: out of memory" });
    await Promise.all([...starting.map((start) => start.catch(() => undefined)), pass(30 * secondMs)]);
    // A cron, seldom enough that webhooks have their turn, and often enough for images that are deleted after an hour.
    if ((begun / atOnce) % 15 === 14) await client.resume({ limit: 1_000 });
  }
  await pass(600 * secondMs);
  await stage.collected();
  const settledByWebhooks = new Set(stage.staged.map(({ id }) => id)).size;
  for (let round = 0; round < 10 && (await countFinal()) < runCount; round++) {
    await client.resume({ limit: 1_000 });
    await clock.sleep(120 * secondMs);
  }

  const runs = await allRuns();
  const wrong = runs.filter((run) => !isInOrder(run)).map(({ id, state, error, attempts }) => ({ id, state, error, attempts }));
  expect({ seed, wrong }).toEqual({ seed, wrong: [] });
  expect(runs).toHaveLength(runCount);
  expect(simulator.predictions).toHaveLength(runCount);
  expect(new Set(runs.map(({ attempts }) => attempts[0]?.predictionId)).size).toBe(runCount);
  const finished = stage.events.flatMap((event) => (event.type === "run.finished" ? [event.runId] : []));
  expect([finished.length, new Set(finished).size]).toEqual([runCount, runCount]);
  // Every kind of trouble was there, and it was the webhooks that settled most.
  tally.stale = stage.answers.filter(({ status }) => status === 401).length - tally.forged;
  expect(stage.count("webhook.foreign")).toBe(tally.foreign);
  if (process.env.RESTAGE_WEBHOOK_RUNS) console.log({ runCount, ...tally, waited, settledByWebhooks, answers: stage.answers.length });
  expect(Object.values(tally).every((count) => count > 0)).toBe(true);
  expect(new Set(stage.answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
  expect(settledByWebhooks).toBeGreaterThan(runCount / 2);

  /** Lets time pass, and webhooks arrive. */
  async function pass(milliseconds: number): Promise<void> {
    for (const endMs = clock.now() + milliseconds; clock.now() < endMs; ) {
      await simulator.clock.advance(secondMs);
      const due = underWay.filter(({ dueMs }) => dueMs <= clock.now());
      for (const webhook of due) underWay.splice(underWay.indexOf(webhook), 1);
      await Promise.all(due.map(({ deliver }) => deliver()));
    }
  }

  async function allRuns(): Promise<readonly RunRecord[]> {
    const found: RunRecord[] = [];
    for (let cursor: string | undefined, isLast = false; !isLast; isLast = cursor === undefined) {
      const page = await runStore.list({ limit: 1_000, cursor });
      found.push(...page.runs);
      cursor = page.cursor;
    }
    return found;
  }

  async function countFinal(): Promise<number> {
    return (await allRuns()).filter(({ finishedAt }) => finishedAt !== null).length;
  }
}

/** One create, and what came of it: an image for its price, or a failure that Replicate told. */
function isInOrder({ state, attempts, images, cost, error, leaseExpiresAt }: RunRecord): boolean {
  if (attempts.length !== 1 || !attempts[0]?.predictionId || leaseExpiresAt !== null) return false;
  if (state === "failed") return error?.code === "out_of_memory" && images.length === 0;
  return state === "succeeded" && images.length === 1 && cost?.microUsd === 30_000 && attempts[0].outputUrls.length === 1 && error === null;
}
