import assert from "node:assert/strict";
import { finalStates, type RunState } from "../../runs/run.ts";
import type { PurgeOptions } from "../../runs/run-store.ts";
import { assertRefused } from "./assert-refused.ts";
import { createRuns } from "./create-runs.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleImage } from "./sample-image.ts";
import { sampleRun } from "./sample-run.ts";

const march = "2026-03-01T00:00:00.000Z";
const april = "2026-04-01T00:00:00.000Z";

/** A purge removes runs that are over for good, and gives each to one caller. */
export const purgeCases: readonly RunStoreCase[] = [
  {
    name: "removes what ended before a time, in every final state and no other, and gives it",
    async run({ createStore }) {
      const store = await createStore();
      const open: readonly RunState[] = ["preparing", "creating", "unknown", "running"];
      const runs = await createRuns(
        store,
        [...finalStates, ...open].map((state) => ({ state, finishedAt: march, images: [sampleImage({ location: `s3://${state}` })] })),
      );
      const [kept, endless] = await createRuns(store, [{ state: "succeeded", finishedAt: april }, { state: "succeeded" }]);
      assert.deepEqual(await store.purge({ olderThan: march }), []);
      const purged = await store.purge({ olderThan: april });
      assert.deepEqual(sortById(purged), sortById(runs.slice(0, finalStates.length)));
      assert.deepEqual(await store.purge({ olderThan: april }), []);
      for (const { id } of purged) assert.equal(await store.get(id), undefined);
      for (const run of [...runs.slice(finalStates.length), kept, endless]) assert.deepEqual(await store.get(run?.id ?? ""), run);
      assert.deepEqual(new Set((await store.list()).runs.map(({ state }) => state)), new Set([...open, "succeeded"]));
    },
  },
  {
    name: "purges what ended first, at most so many, of one project where it is told",
    async run({ createStore }) {
      const store = await createStore();
      const days = ["2026-03-03", "2026-03-01", "2026-03-02"];
      await createRuns(
        store,
        ["a", "b"].flatMap((projectId) => days.map((day) => ({ projectId, state: "failed" as const, finishedAt: `${day}T12:00:00.000Z` }))),
      );
      const purge = async (options: Partial<PurgeOptions>) =>
        (await store.purge({ olderThan: april, ...options })).map(
          ({ projectId, finishedAt }) => `${projectId} ${finishedAt?.slice(8, 10)}`,
        );
      assert.deepEqual(await purge({ projectId: "A" }), []);
      assert.deepEqual(await purge({ projectId: "a", limit: 2 }), ["a 01", "a 02"]);
      assert.deepEqual(await purge({ olderThan: "2026-03-02", limit: 1_000 }), ["b 01"]);
      assert.deepEqual(await purge({ projectId: undefined, limit: undefined }), ["b 02", "a 03", "b 03"]);
      assert.deepEqual(await store.list(), { runs: [] });
    },
  },
  {
    name: "frees the id, the key and the predictions of a run that was purged",
    async run({ createStore }) {
      const store = await createStore();
      const images = [sampleImage({ sha256: "1".repeat(64) })];
      const given = sampleRun({ state: "succeeded", finishedAt: march, idempotencyKey: "key", images });
      const attempts = [sampleAttempt({ predictionId: "p1" })];
      await store.create({ ...given, attempts });
      assert.equal((await store.purge({ olderThan: april })).length, 1);
      assert.deepEqual(await store.list({ predictionId: "p1" }), { runs: [] });
      assert.deepEqual(await store.list({ imageSha256: "1".repeat(64) }), { runs: [] });
      assert.deepEqual(await store.claim({ states: finalStates, leaseMs: 1_000, limit: 10 }), []);
      await assert.rejects(store.update(given.id, 1, { room: "kitchen" }), { code: "run_not_found" });
      const other = { ...given, fingerprint: "f".repeat(64), attempts };
      const { run, isNew } = await store.create(other);
      assert.deepEqual([isNew, run.version, run.fingerprint], [true, 1, other.fingerprint]);
      assert.deepEqual((await store.list({ predictionId: "p1" })).runs, [run]);
    },
  },
  {
    name: "keeps the pages of a list in step while runs are purged, that of the cursor too",
    async run({ createStore }) {
      const store = await createStore();
      const runs = await createRuns(
        store,
        Array.from({ length: 9 }, (_, index) => ({ state: "succeeded", finishedAt: index % 2 === 0 ? march : april }) as const),
      );
      const newestFirst = runs.map(({ id }) => id).reverse();
      const first = await store.list({ limit: 3 });
      assert.equal((await store.purge({ olderThan: april })).length, 5);
      const [fresh] = await createRuns(store, [{}]);
      const { runs: rest, cursor } = await store.list({ cursor: first.cursor });
      assert.deepEqual([rest.map(({ id }) => id), cursor], [[newestFirst[3], newestFirst[5], newestFirst[7]], undefined]);
      assert.deepEqual((await store.list({ limit: 1 })).runs, [fresh]);
    },
  },
  {
    name: "gives each of 60 runs to exactly one of 20 concurrent purges",
    async run({ createStore }) {
      const store = await createStore();
      const runs = await createRuns(
        store,
        Array.from({ length: 60 }, () => ({ state: "succeeded", finishedAt: march, idempotencyKey: crypto.randomUUID() }) as const),
      );
      const purge = () => store.purge({ olderThan: april, limit: 7 });
      const purged = (await Promise.all(Array.from({ length: 20 }, purge))).flat();
      // Purges that run into each other may come back with less than there is; what is left goes to the next.
      for (let more = await purge(); more.length > 0; more = await purge()) purged.push(...more);
      assert.deepEqual(sortById(purged), sortById(runs));
    },
  },
  {
    name: "purges nothing without a time, and names every problem at once",
    async run({ createStore }) {
      const store = await createStore();
      const [run] = await createRuns(store, [{ state: "succeeded", finishedAt: march }]);
      for (const olderThan of [undefined, null, new Date(), Date.now(), "", "90d", "2026-02-31", "2026-04-01T00:00:00"]) {
        await assertRefused(store.purge({ olderThan: olderThan as string }), ["olderThan"]);
      }
      for (const limit of [0, -1, 1.5, 1_001, Number.NaN, "1" as unknown as number]) {
        await assertRefused(store.purge({ olderThan: april, limit }), ["limit"]);
      }
      const nonsense = { olderThan: "x", limit: 0, projectId: 7 as unknown as string };
      await assertRefused(store.purge(nonsense), ["olderThan", "limit", "projectId"]);
      assert.deepEqual(await store.get(run?.id ?? ""), run);
    },
  },
];

function sortById<Run extends { readonly id: string }>(runs: readonly Run[]): readonly Run[] {
  return [...runs].sort((one, other) => (one.id < other.id ? -1 : 1));
}
