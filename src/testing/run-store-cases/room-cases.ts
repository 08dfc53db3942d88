import assert from "node:assert/strict";
import type { RunError } from "../../runs/run.ts";
import type { NewRun } from "../../runs/run-store.ts";
import { assertConflict } from "./assert-conflict.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleRun } from "./sample-run.ts";

const free = toError("no");
const aborted = sampleAttempt({ predictionId: "p1", predictionStatus: "aborted", error: free, cost: toCost(0, 0) });
const refused = sampleAttempt({ error: free });

/** Runs that are over and cost nothing. */
const freeRuns: readonly Partial<NewRun>[] = [
  { state: "failed", error: free },
  { state: "failed", error: free, attempts: [refused] },
  { state: "failed", error: free, attempts: [refused, { ...refused, number: 2 }] },
  { state: "aborted", error: free, attempts: [aborted] },
  { state: "aborted", error: free, attempts: [{ ...aborted, cost: toCost(null, 0), error: null }] },
  // Stopped by the caller before anything was sent.
  { state: "aborted", error: null },
  { state: "canceled", error: null },
  { state: "expired", error: null },
];

/** Runs that go on, or that were or may have been paid for. */
const heldRuns: readonly Partial<NewRun>[] = [
  { state: "preparing" },
  { state: "creating", attempts: [sampleAttempt()] },
  { state: "creating", attempts: [refused] },
  { state: "unknown", attempts: [sampleAttempt({ error: toError("unknown") })], error: toError("unknown") },
  { state: "running", attempts: [sampleAttempt({ predictionId: "p1", predictionStatus: "processing" })] },
  { state: "succeeded", attempts: [sampleAttempt({ predictionId: "p1", predictionStatus: "succeeded", cost: toCost(30_000, 1) })] },
  { state: "succeeded", attempts: [refused], error: null },
  { state: "canceled", attempts: [aborted], error: toError("yes") },
  { state: "expired", attempts: [aborted], error: toError("yes") },
  { state: "failed", attempts: [refused], error: toError("yes") },
  { state: "failed", attempts: [refused], error: toError("unknown") },
  { state: "failed", attempts: [], error: toError("unknown") },
  { state: "aborted", attempts: [sampleAttempt()], error: null },
  // Not over, or stopped while it ran, whatever its error says.
  { state: "creating", attempts: [refused], error: free },
  { state: "canceled", attempts: [refused], error: free },
  // One attempt among several is enough.
  {
    state: "failed",
    error: free,
    attempts: [
      { ...aborted, cost: toCost(30_000, 1) },
      { ...refused, number: 2 },
    ],
  },
  {
    state: "failed",
    error: free,
    attempts: [
      { ...aborted, cost: toCost(null, 1) },
      { ...refused, number: 2 },
    ],
  },
  { state: "failed", error: free, attempts: [sampleAttempt({ error: toError("unknown") }), { ...refused, number: 2 }] },
  { state: "failed", error: free, attempts: [sampleAttempt(), { ...refused, number: 2 }] },
];

/** A run that is over and cost nothing makes room for a new one under its key; no other run does. */
export const roomCases: readonly RunStoreCase[] = [
  {
    name: "makes room under the key of a run that failed or was stopped and cost nothing",
    async run({ createStore }) {
      for (const overrides of freeRuns) {
        const store = await createStore();
        const { run: old } = await store.create(sampleRun({ ...overrides, idempotencyKey: "key" }));
        const { run, isNew } = await store.create(sampleRun({ idempotencyKey: "key" }));
        assert.equal(isNew, true, `${JSON.stringify(overrides)} should make room`);
        assert.deepEqual([run.idempotencyKey, run.version], ["key", 1]);
        const kept = await store.get(old.id);
        assert.deepEqual(kept, { ...old, idempotencyKey: null, version: 2, updatedAt: kept?.updatedAt });
        assert.deepEqual(await store.create(sampleRun({ idempotencyKey: "key" })), { run, isNew: false });
        await assertConflict(store.update(old.id, 1, { room: "kitchen" }), { runId: old.id, expectedVersion: 1, currentVersion: 2 });
      }
    },
  },
  {
    name: "makes room for another request too: the key of a run that cost nothing is free",
    async run({ createStore }) {
      const store = await createStore();
      await store.create(sampleRun({ state: "failed", error: free, idempotencyKey: "key" }));
      const { isNew } = await store.create(sampleRun({ idempotencyKey: "key", fingerprint: "f".repeat(64) }));
      assert.equal(isNew, true);
    },
  },
  {
    name: "makes no room under the key of a run that goes on, was paid for, or may have been",
    async run({ createStore }) {
      for (const overrides of heldRuns) {
        const store = await createStore();
        const { run } = await store.create(sampleRun({ ...overrides, idempotencyKey: "key" }));
        const second = await store.create(sampleRun({ idempotencyKey: "key" }));
        assert.equal(second.isNew, false, `${JSON.stringify(overrides)} should make no room`);
        assert.deepEqual(second.run, run);
      }
    },
  },
  {
    name: "makes room again each time the new run fails too",
    async run({ createStore }) {
      const store = await createStore();
      for (let round = 0; round < 5; round += 1) {
        const { run, isNew } = await store.create(sampleRun({ idempotencyKey: "key" }));
        assert.equal(isNew, true);
        await store.update(run.id, 1, { state: "failed", error: free, attempts: [refused] });
      }
      const { runs } = await store.list();
      assert.deepEqual(
        runs.map(({ idempotencyKey }) => idempotencyKey),
        ["key", null, null, null, null],
      );
    },
  },
  {
    name: "makes room for one of 50 concurrent runs",
    async run({ createStore }) {
      const store = await createStore();
      await store.create(sampleRun({ state: "failed", error: free, idempotencyKey: "key" }));
      const results = await Promise.all(Array.from({ length: 50 }, () => store.create(sampleRun({ idempotencyKey: "key" }))));
      assert.equal(results.filter(({ isNew }) => isNew).length, 1);
      assert.equal(new Set(results.map(({ run }) => run.id)).size, 1);
      assert.equal((await store.list()).runs.length, 2);
    },
  },
];

function toError(billed: RunError["billed"]): RunError {
  return { code: "prediction_stopped", message: "It was stopped", retryable: true, billed };
}

function toCost(microUsd: number | null, outputs: number) {
  return { microUsd, basis: "table", priceVersion: microUsd === null ? null : "2026-04", outputs } as const;
}
