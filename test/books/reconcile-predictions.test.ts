import { describe, expect, it } from "vitest";
import { reconcilePredictions } from "../../src/books/reconcile/reconcile-predictions.ts";
import { InvalidRequestError } from "../../src/errors/invalid-request-error.ts";
import { MissingTokenError } from "../../src/errors/missing-token-error.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { countOf, pro, qwen, rejection, request, setEnvironment, setTheStage } from "../client/helpers.ts";
import { startReplicate } from "../replicate/helpers.ts";

const hourMs = 3_600_000;
const secret = "Furnish the room of Ms. Miller";

/** A simulator, books by its clock, and what compares them. */
async function open() {
  const simulator = await startReplicate();
  const { now } = simulator.clock;
  const runStore = memoryRunStore({ clock: now });
  const iso = (agoMs = 0) => new Date(now() - agoMs).toISOString();
  const plant = (agoMs = 0) => simulator.createElsewhere({ modelId: pro, input: { prompt: secret }, agoMs });
  const book = (predictionId: string | null, agoMs = 0, more: object = {}) =>
    runStore.create(
      sampleRun({
        id: `run of ${predictionId}`,
        state: "succeeded",
        attempts: [sampleAttempt({ predictionId, sentAt: iso(agoMs), ...more })],
      }),
    );
  const reconcile = (sinceAgoMs = hourMs, untilAgoMs = -1, more: object = {}) => {
    const { url: baseUrl, token, clientOptions } = simulator;
    const period = { since: iso(sinceAgoMs), until: iso(untilAgoMs) };
    return reconcilePredictions({ baseUrl, token, clock: clientOptions.clock, runStore, ...period, ...more });
  };
  return { simulator, runStore, plant, book, reconcile, iso };
}

it("finds exactly the predictions that were planted beside a client's own", async () => {
  const { client, simulator, runStore, clock } = await setTheStage();
  const runs = [await client.stage(request), await client.stage(request)];
  const planted = [0, 1, 2].map(() => simulator.createElsewhere({ modelId: pro, input: { prompt: secret } }));
  const [lost] = runs;
  await clock.sleep(1);
  const { url: baseUrl, token } = simulator;
  const period = { since: new Date(clock.now() - hourMs).toISOString(), until: new Date(clock.now()).toISOString() };
  const found = await reconcilePredictions({ baseUrl, token, clock, runStore, ...period });
  expect(found).toMatchObject({ ...period, checked: 5, missing: [], unsettled: [] });
  expect(found.foreign.map(({ predictionId }) => predictionId)).toEqual(planted.reverse());
  expect(found.foreign[0]).toMatchObject({ modelId: pro, status: "starting", predictTimeSeconds: null });
  expect(found.totals).toEqual({ matched: 2, costMicroUsd: 60_000, estimatedMicroUsd: 60_000, unknownCosts: 0 });
  const text = JSON.stringify(found);
  expect(text).not.toContain("Miller");
  expect(text).not.toContain("replicate.delivery");
  expect(JSON.parse(text)).toEqual(found);
  expect(lost?.state).toBe("succeeded");
});

it("looks at every page, and at none beyond the time asked for", async () => {
  const { simulator, plant, book, reconcile } = await open();
  const planted = new Set<string>();
  for (let index = 0; index < 260; index += 1) {
    const agoMs = 1_000 + index * 1_000;
    const id = plant(agoMs);
    if (index % 50 === 7) planted.add(id);
    else await book(id, agoMs);
  }
  // Much older than what is asked for: never even listed.
  for (let index = 0; index < 300; index += 1) plant(10 * hourMs);
  const progress: number[] = [];
  const found = await reconcile(hourMs, -1, { onProgress: ({ predictions }: { predictions: number }) => progress.push(predictions) });
  expect(found).toMatchObject({ checked: 260, missing: [], unsettled: [], totals: { matched: 254, unknownCosts: 254 } });
  expect(new Set(found.foreign.map(({ predictionId }) => predictionId))).toEqual(planted);
  expect(progress).toEqual([100, 200, 260]);
  expect(countOf(simulator, "list")).toBe(3);

  const older = await reconcile(11 * hourMs, 9 * hourMs);
  expect(older).toMatchObject({ checked: 300, totals: { matched: 0 } });
  const empty = await reconcile(9 * hourMs, 8 * hourMs);
  expect(empty).toMatchObject({ checked: 0, foreign: [], missing: [] });
  expect(countOf(simulator, "list")).toBe(3 + 3 + 1);
});

it("finds runs whose prediction is not listed, and runs that are not over", async () => {
  const { plant, book, reconcile, runStore, iso } = await open();
  const [settled, going, lost] = [plant(5_000), plant(4_000), plant(3_000)];
  const costs = { microUsd: 30_000, basis: "table", priceVersion: "2026-11", outputs: 1 } as const;
  await book(settled, 5_000, { cost: costs });
  await book("gone", 6_000, { cost: costs });
  await book("gone long ago", 2 * hourMs);
  for (const [id, state, predictionId] of [
    ["going", "running", going],
    ["unknown", "unknown", null],
    ["creating", "creating", null],
  ] as const) {
    await runStore.create(sampleRun({ id, state, attempts: [sampleAttempt({ predictionId, sentAt: iso(4_000) })] }));
  }
  await runStore.create(sampleRun({ id: "preparing" }));
  const found = await reconcile();
  expect(found.missing).toEqual([
    { runId: "run of gone", modelId: qwen, predictionId: "gone", sentAt: iso(6_000), state: "succeeded", status: null },
  ]);
  expect(found.unsettled.map(({ runId, predictionId, status }) => [runId, predictionId, status]).sort()).toEqual([
    ["creating", null, null],
    ["going", going, expect.any(String)],
    ["unknown", null, null],
  ]);
  expect(found.foreign.map(({ predictionId }) => predictionId)).toEqual([lost]);
  expect(found.totals).toEqual({ matched: 2, costMicroUsd: 30_000, estimatedMicroUsd: 30_000, unknownCosts: 1 });
});

it("knows a prediction by any attempt of any run, however long before it was sent", async () => {
  const { plant, reconcile, runStore, iso } = await open();
  const [first, second, stray] = [plant(8_000), plant(2_000), plant(5_000)];
  const attempts = [first, second].map((predictionId, index) =>
    sampleAttempt({ number: index + 1, predictionId, sentAt: iso(index === 0 ? 8_000 : 2_000) }),
  );
  await runStore.create(sampleRun({ attempts }));
  // Told by a person: its attempt was sent at a quite different time.
  await runStore.create(sampleRun({ attempts: [sampleAttempt({ predictionId: stray, sentAt: iso(30 * 24 * hourMs) })] }));
  expect(await reconcile()).toMatchObject({ checked: 3, foreign: [], missing: [], totals: { matched: 3 } });
});

it("takes each for the time in which it was, though its attempt and Replicate disagree a little", async () => {
  const { plant, book, reconcile } = await open();
  const minuteMs = 60_000;
  plant(65 * minuteMs);
  const late = plant(55 * minuteMs);
  await book(late, 61 * minuteMs);
  const early = plant(61 * minuteMs);
  await book(early, 59 * minuteMs);
  expect(await reconcile()).toMatchObject({ checked: 1, foreign: [], missing: [], totals: { matched: 1 } });
});

it("calls a run that is not over by its last attempt alone", async () => {
  const { plant, reconcile, runStore, iso } = await open();
  const [first, second] = [plant(8_000), plant(2_000)];
  const attempts = [first, second].map((predictionId, index) => sampleAttempt({ number: index + 1, predictionId, sentAt: iso(5_000) }));
  await runStore.create(sampleRun({ state: "running", attempts }));
  const { unsettled, totals } = await reconcile();
  expect([unsettled.map(({ predictionId }) => predictionId), totals.matched]).toEqual([[second], 2]);
});

it("gives nothing where a listing does not come whole", async () => {
  const { simulator, plant, reconcile } = await open();
  for (let index = 0; index < 150; index += 1) plant(1_000);
  simulator.faults.add({ on: "list", kind: "status", status: 401, after: 1 });
  expect(await rejection(reconcile())).toMatchObject({ code: "unauthenticated" });
  expect(countOf(simulator, "list")).toBe(2);
});

describe("what is asked wrongly", () => {
  it.each<[string, object]>([
    ["since", { since: "yesterday" }],
    ["since", { since: undefined }],
    ["until", { since: "2026-04-02", until: "2026-04-01" }],
    ["until", { until: "2026-13-01" }],
    ["baseUrl", { baseUrl: "http://replicate.example/v1" }],
  ])("names %s: %o", async (field, options) => {
    const { simulator, reconcile } = await open();
    const error = await rejection(reconcile(hourMs, 0, options));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect((error as Error).message).toContain(`- ${field}: `);
    expect(simulator.requests).toEqual([]);
  });

  it("wants a token", async () => {
    setEnvironment("REPLICATE_API_TOKEN", undefined);
    const { reconcile } = await open();
    expect(await rejection(reconcile(hourMs, 0, { token: undefined }))).toBeInstanceOf(MissingTokenError);
  });
});
