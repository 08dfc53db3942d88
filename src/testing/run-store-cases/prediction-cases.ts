import assert from "node:assert/strict";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import type { Attempt } from "../../runs/run.ts";
import { assertConflict } from "./assert-conflict.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleRun } from "./sample-run.ts";

/**
 * A prediction belongs to one attempt of one run. The conflict names the version that is stored, which is the expected one: that is
 * how a caller tells it from a change that came first.
 */
export const predictionCases: readonly RunStoreCase[] = [
  {
    name: "refuses a prediction id that stands in another run, and writes nothing of the change",
    async run({ createStore }) {
      const store = await createStore();
      const { run: first } = await store.create(sampleRun());
      await store.update(first.id, 1, { attempts: toAttempts("p1") });
      // An earlier attempt keeps its prediction when another one follows.
      await store.update(first.id, 2, { attempts: toAttempts("p1", "p2") });
      const { run: second } = await store.create(sampleRun({ idempotencyKey: "key" }));
      for (const taken of ["p1", "p2"]) {
        const write = store.update(second.id, 1, { state: "running", attempts: toAttempts(null, taken) });
        await assertConflict(write, { runId: second.id, expectedVersion: 1, currentVersion: 1 });
      }
      assert.deepEqual(await store.get(second.id), second);
      assert.equal((await store.update(second.id, 1, { attempts: toAttempts("p3") })).attempts[0]?.predictionId, "p3");
    },
  },
  {
    name: "takes a prediction id again in the run that has it, through any change",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ attempts: toAttempts("p1") }));
      await store.update(run.id, 1, { attempts: toAttempts("p1", null) });
      await store.update(run.id, 2, { state: "running" });
      await store.claim({ states: ["running"], leaseMs: 60_000, limit: 1 });
      assert.equal((await store.update(run.id, 4, { state: "succeeded", attempts: toAttempts("p1", "p2") })).version, 5);
      const { run: other } = await store.create(sampleRun());
      await assert.rejects(store.update(other.id, 1, { attempts: toAttempts("p1") }), RunConflictError.is.bind(RunConflictError));
    },
  },
  {
    name: "refuses a new run with a prediction id that is taken",
    async run({ createStore }) {
      const store = await createStore();
      await store.create(sampleRun({ attempts: toAttempts("p1") }));
      const second = sampleRun({ attempts: toAttempts("p1"), idempotencyKey: "key" });
      await assertConflict(store.create(second), { runId: second.id, expectedVersion: 0, currentVersion: 0 });
      assert.equal(await store.get(second.id), undefined);
      assert.equal((await store.create(sampleRun({ idempotencyKey: "key" }))).isNew, true);
    },
  },
  {
    name: "refuses a prediction id in two attempts of one run",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun());
      const write = store.update(run.id, 1, { attempts: toAttempts("p1", "p1") });
      await assertConflict(write, { runId: run.id, expectedVersion: 1, currentVersion: 1 });
      assert.deepEqual(await store.get(run.id), run);
    },
  },
  {
    name: "frees a prediction id that its run lets go of",
    async run({ createStore }) {
      const store = await createStore();
      const { run: adopter } = await store.create(sampleRun({ attempts: toAttempts("p1") }));
      const { run: owner } = await store.create(sampleRun());
      await assert.rejects(store.update(owner.id, 1, { attempts: toAttempts("p1") }));
      await store.update(adopter.id, 1, { state: "unknown", attempts: toAttempts(null) });
      assert.equal((await store.update(owner.id, 1, { attempts: toAttempts("p1") })).version, 2);
      await assert.rejects(store.update(adopter.id, 2, { attempts: toAttempts("p1") }));
    },
  },
  {
    name: "gives a prediction to one of 50 runs that want it at once",
    async run({ createStore }) {
      const store = await createStore();
      const created = await Promise.all(Array.from({ length: 50 }, () => store.create(sampleRun())));
      const results = await Promise.allSettled(created.map(({ run }) => store.update(run.id, 1, { attempts: toAttempts("p1") })));
      assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
      for (const result of results) {
        if (result.status === "fulfilled") continue;
        assert.ok(RunConflictError.is(result.reason), `expected a RunConflictError, not ${result.reason}`);
      }
      const { runs } = await store.list();
      assert.equal(runs.filter(({ attempts }) => attempts.length > 0).length, 1);
    },
  },
];

function toAttempts(...predictionIds: readonly (string | null)[]): readonly Attempt[] {
  return predictionIds.map((predictionId, index) => sampleAttempt({ number: index + 1, predictionId }));
}
