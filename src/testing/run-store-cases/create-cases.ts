import assert from "node:assert/strict";
import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import type { RunState } from "../../runs/run.ts";
import type { NewRun } from "../../runs/run-store.ts";
import { assertConflict } from "./assert-conflict.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleImage } from "./sample-image.ts";
import { sampleRun } from "./sample-run.ts";

/** A run is written once under its id, and once under its idempotency key. */
export const createCases: readonly RunStoreCase[] = [
  {
    name: "writes a run at version 1, with its own times and without a lease",
    async run({ createStore }) {
      const store = await createStore();
      const given = sampleRun({ idempotencyKey: "key" });
      const { run, isNew } = await store.create(given);
      const { version, createdAt, updatedAt, leaseExpiresAt, ...rest } = run;
      assert.equal(isNew, true);
      assert.deepEqual(rest, given);
      assert.deepEqual([version, leaseExpiresAt, updatedAt], [1, null, createdAt]);
      assert.equal(new Date(createdAt).toISOString(), createdAt);
      assert.deepEqual(await store.get(run.id), run);
      assert.equal(await store.get(crypto.randomUUID()), undefined);
    },
  },
  {
    name: "sets version, times and lease itself, whatever a caller passes along",
    async run({ createStore }) {
      const store = await createStore();
      const past = "2001-01-01T00:00:00.000Z";
      const passed: NewRun = { ...sampleRun(), ...{ version: 9, createdAt: past, updatedAt: past, leaseExpiresAt: past } };
      const { run } = await store.create(passed);
      assert.deepEqual([run.version, run.leaseExpiresAt], [1, null]);
      assert.notEqual(run.createdAt, past);
      assert.notEqual(run.updatedAt, past);
    },
  },
  {
    name: "refuses a second run of the same id",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ room: "kitchen" }));
      const second = sampleRun({ id: run.id, idempotencyKey: "key" });
      await assertConflict(store.create(second), { runId: run.id, expectedVersion: 0, currentVersion: 1 });
      assert.deepEqual(await store.get(run.id), run);
      // Nothing of the refused one stays, its key neither.
      assert.equal((await store.create(sampleRun({ idempotencyKey: "key" }))).isNew, true);
    },
  },
  {
    name: "gives the run of a known key as it stands now, and writes none",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ idempotencyKey: "key" }));
      const running = await store.update(run.id, 1, { state: "running" });
      const second = sampleRun({ idempotencyKey: "key", room: "kitchen" });
      assert.deepEqual(await store.create(second), { run: running, isNew: false });
      assert.equal(await store.get(second.id), undefined);
      assert.equal((await store.list()).runs.length, 1);
    },
  },
  {
    name: "refuses a known key with another fingerprint, and names its run",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ idempotencyKey: "key" }));
      for (const state of ["preparing", "succeeded"] as const satisfies readonly RunState[]) {
        const { version = 0 } = (await store.get(run.id)) ?? {};
        await store.update(run.id, version, { state });
        await assert.rejects(store.create(sampleRun({ idempotencyKey: "key", fingerprint: "f".repeat(64) })), (error) => {
          assert.ok(IdempotencyConflictError.is(error), `expected an IdempotencyConflictError, not ${error}`);
          assert.equal(error.runId, run.id);
          return true;
        });
      }
      assert.equal((await store.list()).runs.length, 1);
    },
  },
  {
    name: "takes any number of runs without a key, and tells keys apart by every character",
    async run({ createStore }) {
      const store = await createStore();
      const keys = [null, null, "key", "Key", "key ", "", "é", "e\u0301", "🛋", "%", "_", "null"];
      for (const idempotencyKey of keys) assert.equal((await store.create(sampleRun({ idempotencyKey }))).isNew, true);
      for (const idempotencyKey of keys.slice(2)) assert.equal((await store.create(sampleRun({ idempotencyKey }))).isNew, false);
    },
  },
  {
    name: "writes one of 50 concurrent runs with one key, and gives it to all",
    async run({ createStore }) {
      const store = await createStore();
      const results = await Promise.all(Array.from({ length: 50 }, () => store.create(sampleRun({ idempotencyKey: "key" }))));
      assert.equal(results.filter(({ isNew }) => isNew).length, 1);
      assert.equal(new Set(results.map(({ run }) => run.id)).size, 1);
      assert.equal((await store.list()).runs.length, 1);
    },
  },
  {
    name: "writes one of 50 concurrent runs with one key and different requests, and refuses the others",
    async run({ createStore }) {
      const store = await createStore();
      const creates = Array.from({ length: 50 }, (_, index) =>
        store.create(sampleRun({ idempotencyKey: "key", fingerprint: String(index).padStart(64, "0") })),
      );
      const results = await Promise.allSettled(creates);
      const [winner, ...others] = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      assert.deepEqual([winner?.isNew, others.length], [true, 0]);
      for (const result of results) {
        if (result.status === "fulfilled") continue;
        assert.ok(IdempotencyConflictError.is(result.reason), `expected an IdempotencyConflictError, not ${result.reason}`);
        assert.equal(result.reason.runId, winner?.run.id);
      }
    },
  },
  {
    name: "keeps every attempt, image and cost of a run that is written with them",
    async run({ createStore }) {
      const store = await createStore();
      const cost = { microUsd: 30_000, basis: "table", priceVersion: "2026-04", outputs: 1 } as const;
      const attempts = [
        sampleAttempt({ error: { code: "throttled", message: "later", retryable: true, billed: "no" } }),
        sampleAttempt({
          number: 2,
          predictionId: "p2",
          predictionStatus: "succeeded",
          predictTimeSeconds: 3.25,
          outputUrls: ["https://a.b/c"],
          cost,
        }),
      ];
      const images = [sampleImage({ byteLength: 1 })];
      const given = sampleRun({ state: "succeeded", attempts, images, cost, finishedAt: "2026-04-01T09:00:09.120Z", photo: null });
      const { version: _, createdAt: __, updatedAt: ___, leaseExpiresAt: ____, ...kept } = (await store.create(given)).run;
      assert.deepEqual(kept, given);
    },
  },
];
