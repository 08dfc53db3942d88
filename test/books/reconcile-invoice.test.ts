import { describe, expect, it } from "vitest";
import { readInvoice } from "../../src/books/reconcile/read-invoice.ts";
import { reconcileInvoice } from "../../src/books/reconcile/reconcile-invoice.ts";
import { InvalidRequestError } from "../../src/errors/invalid-request-error.ts";
import type { Attempt, RunState } from "../../src/runs/run.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { rejection, request, setTheStage } from "../client/helpers.ts";

const byTable = (microUsd: number | null) => ({ microUsd, basis: "table", priceVersion: "2026-11", outputs: 1 }) as const;
const toRows = (amounts: Readonly<Record<string, string>>) =>
  readInvoice(["prediction_id,amount_usd", ...Object.entries(amounts).map((cells) => cells.join(","))].join("\n"));

/** Books with runs of these attempts, sent a minute apart from now on. */
async function booksOf(
  runs: Readonly<Record<string, readonly Partial<Attempt>[] | { state: RunState; attempts: readonly Partial<Attempt>[] }>>,
) {
  const runStore = memoryRunStore();
  let sentAtMs = Date.now();
  for (const [id, given] of Object.entries(runs)) {
    const { state, attempts } = "state" in given ? given : { state: "succeeded" as const, attempts: given };
    const sent = attempts.map((attempt, index) => {
      sentAtMs += 60_000;
      return sampleAttempt({ number: index + 1, sentAt: new Date(sentAtMs).toISOString(), ...attempt });
    });
    await runStore.create(sampleRun({ id, state, attempts: sent }));
  }
  return runStore;
}

it("writes what was paid into the run of each prediction, and once more changes nothing", async () => {
  const { client, runStore, run } = await setTheStage();
  await client.stage(request);
  const before = await run();
  const predictionId = before.attempts[0]?.predictionId ?? "";
  const rows = toRows({ [predictionId]: "0.025", "another-program": "1" });
  const first = await reconcileInvoice({ rows, runStore });
  expect(first).toMatchObject({
    updated: [{ runId: before.id, predictionId, microUsd: 30_000, invoicedMicroUsd: 25_000 }],
    unchanged: 0,
    foreign: [{ predictionId: "another-program", microUsd: 1_000_000 }],
    missing: [],
    unsettled: [],
    differenceMicroUsd: -5_000,
    invoiceMicroUsd: 1_025_000,
  });
  const after = await run();
  const cost = { microUsd: 25_000, basis: "invoice", priceVersion: "2026-11", outputs: 1 };
  expect(after).toMatchObject({ cost, attempts: [{ cost }], state: "succeeded", images: before.images, version: before.version + 1 });

  const again = await reconcileInvoice({ rows, runStore });
  expect(again).toMatchObject({ updated: [], unchanged: 1, differenceMicroUsd: 0 });
  expect(await run()).toEqual(after);
});

it("is an estimate as long as one attempt is, and says what was unknown", async () => {
  const runStore = await booksOf({
    two: [
      { predictionId: "p1", cost: byTable(null) },
      { predictionId: "p2", cost: byTable(30_000) },
    ],
  });
  const first = await reconcileInvoice({ rows: toRows({ p1: "0.01" }), runStore });
  expect(first).toMatchObject({ updated: [{ microUsd: null, invoicedMicroUsd: 10_000 }], differenceMicroUsd: 10_000 });
  expect((await runStore.get("two"))?.cost).toMatchObject({ microUsd: 40_000, basis: "table" });
  await reconcileInvoice({ rows: toRows({ p1: "0.01", p2: "0" }), runStore });
  expect((await runStore.get("two"))?.cost).toMatchObject({ microUsd: 10_000, basis: "invoice", outputs: 2 });
});

it("names what the invoice leaves out within its own time, free attempts excepted", async () => {
  const runStore = await booksOf({
    before: [{ predictionId: "p0", cost: byTable(30_000) }],
    first: [{ predictionId: "p1", cost: byTable(30_000) }],
    forgotten: [{ predictionId: "p2", cost: byTable(40_000) }],
    free: [{ predictionId: "p3", cost: byTable(0) }],
    unknown: [{ predictionId: "p4", cost: byTable(null) }],
    unsent: [{ predictionId: null }],
    going: { state: "running", attempts: [{ predictionId: "p5" }] },
    last: [{ predictionId: "p6", cost: byTable(30_000) }],
    after: [{ predictionId: "p7", cost: byTable(30_000) }],
  });
  const { missing } = await reconcileInvoice({ rows: toRows({ p6: "0.03", p1: "0.03" }), runStore });
  expect(missing.map(({ runId, predictionId, microUsd }) => [runId, predictionId, microUsd]).sort()).toEqual([
    ["forgotten", "p2", 40_000],
    ["unknown", "p4", null],
  ]);
  expect(await reconcileInvoice({ rows: toRows({ foreign: "1" }), runStore })).toMatchObject({ missing: [], foreign: [{}] });
  expect(await reconcileInvoice({ rows: [], runStore })).toMatchObject({ updated: [], missing: [], invoiceMicroUsd: 0 });
});

it("leaves a run that goes on as it is", async () => {
  const runStore = await booksOf({ going: { state: "running", attempts: [{ predictionId: "p1", cost: null }] } });
  const before = await runStore.get("going");
  expect(await reconcileInvoice({ rows: toRows({ p1: "0.03" }), runStore })).toMatchObject({
    updated: [],
    unchanged: 0,
    unsettled: [{ runId: "going", predictionId: "p1", state: "running" }],
  });
  expect(await runStore.get("going")).toEqual(before);
});

it("comes through changes of others at the same time", async () => {
  const inner = await booksOf({ one: [{ predictionId: "p1", cost: byTable(30_000) }] });
  let others = 0;
  const runStore: RunStore = {
    ...inner,
    async update(id, expectedVersion, patch) {
      if (others < 3) {
        others += 1;
        const current = await inner.get(id);
        await inner.update(id, current?.version ?? 0, { cancelRequested: others % 2 === 1 });
      }
      return inner.update(id, expectedVersion, patch);
    },
  };
  const { updated } = await reconcileInvoice({ rows: toRows({ p1: "0.02" }), runStore });
  expect(updated).toMatchObject([{ runId: "one", microUsd: 30_000, invoicedMicroUsd: 20_000 }]);
  expect(await inner.get("one")).toMatchObject({ version: 5, cancelRequested: true, cost: { microUsd: 20_000, basis: "invoice" } });
});

describe("rows that are none", () => {
  it.each<[string, unknown]>([
    ["rows", undefined],
    ["rows[0]", [null]],
    [
      "rows[1]",
      [
        { predictionId: "p1", microUsd: 1 },
        { predictionId: "p2", microUsd: 0.5 },
      ],
    ],
    ["rows[0]", [{ predictionId: "p1", microUsd: -1 }]],
    // The sum of them would be no exact number any more.
    [
      "rows",
      [
        { predictionId: "p1", microUsd: Number.MAX_SAFE_INTEGER },
        { predictionId: "p2", microUsd: 1 },
      ],
    ],
  ])("are refused before anything changes: %s", async (field, rows) => {
    const runStore = await booksOf({ one: [{ predictionId: "p1", cost: byTable(30_000) }] });
    const error = await rejection(reconcileInvoice({ rows: rows as never, runStore }));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect((error as Error).message).toContain(`- ${field}: `);
    expect((await runStore.get("one"))?.version).toBe(1);
  });
});
