import assert from "node:assert/strict";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import type { Warning } from "../../model/warning.ts";
import type { RunPatch, RunStore } from "../../runs/run-store.ts";
import { assertConflict } from "./assert-conflict.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleRun } from "./sample-run.ts";

/** A change stands on the version that it read; no change is lost. */
export const updateCases: readonly RunStoreCase[] = [
  {
    name: "changes what the patch names and nothing else, one version a change",
    requires: "advance",
    async run({ createStore, advance }) {
      assert.ok(advance !== undefined, "the context has no advance(); declare it as unsupported, with the reason");
      const store = await createStore();
      const { run } = await store.create(sampleRun({ idempotencyKey: "key", projectId: "p" }));
      await advance(5);
      const patch: RunPatch = { state: "creating", attempts: [sampleAttempt()], uploadedFileId: "file" };
      const updated = await store.update(run.id, 1, patch);
      assert.deepEqual(updated, { ...run, ...patch, version: 2, updatedAt: updated.updatedAt });
      assert.equal(new Date(updated.updatedAt).toISOString(), updated.updatedAt);
      assert.ok(updated.updatedAt > run.updatedAt, `${updated.updatedAt} should be after ${run.updatedAt}`);
      assert.deepEqual(await store.get(run.id), updated);
      assert.equal((await store.update(run.id, 2, {})).version, 3);
    },
  },
  {
    name: "sets what the patch gives as null, and leaves what it gives as undefined",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ projectId: "p", group: "g", room: "office", uploadedFileId: "file" }));
      const patch = { projectId: null, uploadedFileId: null, photo: null, group: undefined, room: undefined, state: undefined };
      const updated = await store.update(run.id, 1, patch as unknown as RunPatch);
      const expected = { ...run, projectId: null, uploadedFileId: null, photo: null, version: 2, updatedAt: updated.updatedAt };
      assert.deepEqual(updated, expected);
      assert.deepEqual(await store.get(run.id), expected);
    },
  },
  {
    name: "never changes id, key, fingerprint, the time of creation or when a lease ends, and counts versions itself",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ idempotencyKey: "key" }));
      const past = "2001-01-01T00:00:00.000Z";
      const fixed = {
        id: "other",
        version: 40,
        createdAt: past,
        updatedAt: past,
        idempotencyKey: "other",
        fingerprint: "0",
        leaseExpiresAt: past,
      };
      const updated = await store.update(run.id, 1, { ...fixed, room: "kitchen" } as RunPatch);
      assert.notEqual(updated.updatedAt, past);
      assert.deepEqual(updated, { ...run, room: "kitchen", version: 2, updatedAt: updated.updatedAt });
      assert.equal(await store.get("other"), undefined);
      assert.equal((await store.create(sampleRun({ idempotencyKey: "key" }))).isNew, false);
      assert.equal((await store.create(sampleRun({ idempotencyKey: "other" }))).isNew, true);
    },
  },
  {
    name: "refuses a change that stands on another version, and says which one is stored",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun());
      const second = await store.update(run.id, 1, { state: "creating" });
      for (const expectedVersion of [0, 1, 3, -1]) {
        const write = store.update(run.id, expectedVersion, { state: "failed" });
        await assertConflict(write, { runId: run.id, expectedVersion, currentVersion: 2 });
      }
      assert.deepEqual(await store.get(run.id), second);
    },
  },
  {
    name: "refuses a change of a run that is not there",
    async run({ createStore }) {
      const store = await createStore();
      const id = crypto.randomUUID();
      await assert.rejects(store.update(id, 1, { state: "failed" }), (error) => {
        assert.ok(RunNotFoundError.is(error), `expected a RunNotFoundError, not ${error}`);
        assert.equal(error.runId, id);
        return true;
      });
      assert.deepEqual(await store.list(), { runs: [] });
    },
  },
  {
    name: "lets exactly one of 100 concurrent changes win on each version",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun());
      for (const version of [1, 2]) {
        const writes = Array.from({ length: 100 }, (_, writer) => store.update(run.id, version, { room: `room ${writer}` }));
        const results = await Promise.allSettled(writes);
        const winners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
        assert.equal(winners.length, 1);
        assert.equal(winners[0]?.version, version + 1);
        for (const result of results) {
          if (result.status === "fulfilled") continue;
          assert.ok(RunConflictError.is(result.reason), `expected a RunConflictError, not ${result.reason}`);
          assert.equal(result.reason.currentVersion, version + 1);
        }
        assert.deepEqual(await store.get(run.id), winners[0]);
      }
    },
  },
  {
    name: "loses nothing when 20 writers read, add and write until they win",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun());
      await Promise.all(Array.from({ length: 20 }, (_, writer) => addWarning(store, run.id, `field ${writer}`)));
      const after = await store.get(run.id);
      assert.equal(after?.version, 21);
      assert.equal(new Set(after.warnings.map(({ field }) => field)).size, 20);
    },
  },
];

async function addWarning(store: RunStore, id: string, field: string): Promise<void> {
  const warning: Warning = { severity: "notice", code: "no_effect", field, reason: "The model has none", wayOut: "Leave it out" };
  for (;;) {
    const run = await store.get(id);
    assert.ok(run !== undefined, "the run is gone");
    try {
      await store.update(id, run.version, { warnings: [...run.warnings, warning] });
      return;
    } catch (error) {
      if (!RunConflictError.is(error)) throw error;
    }
  }
}
