import assert from "node:assert/strict";
import type { NewRun, RunFilter, RunStore } from "../../runs/run-store.ts";
import { assertRefused } from "./assert-refused.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleRun } from "./sample-run.ts";

/** Lists are newest first, in pages that stay in step with a store that changes. */
export const listCases: readonly RunStoreCase[] = [
  {
    name: "lists newest first, page by page, each run once, without a cursor on the last page",
    async run({ createStore }) {
      const store = await createStore();
      const newestFirst = (
        await createAll(
          store,
          Array.from({ length: 10 }, () => ({})),
        )
      ).reverse();
      for (const limit of [1, 3, 5, 9, 10, 11, 1000]) assert.deepEqual(await listIds(store, { limit }), newestFirst);
      const page = await store.list({ limit: 10 });
      assert.equal("cursor" in page, false);
      assert.deepEqual(page.runs[0], await store.get(newestFirst[0] ?? ""));
    },
  },
  {
    name: "lists nothing of an empty store, and pages of 100 unless told otherwise",
    async run({ createStore }) {
      const store = await createStore();
      assert.deepEqual(await store.list(), { runs: [] });
      assert.deepEqual(await store.list({ limit: 1, states: ["running"] }), { runs: [] });
      await createAll(
        store,
        Array.from({ length: 101 }, () => ({})),
      );
      assert.equal((await store.list()).runs.length, 100);
      assert.equal((await store.list({ limit: undefined, cursor: undefined, states: undefined, group: undefined })).runs.length, 100);
      assert.equal((await listIds(store, {})).length, 101);
    },
  },
  {
    name: "lists by state, project, group and model, together and character by character",
    async run({ createStore }) {
      const store = await createStore();
      const [first, second, third, fourth] = await createAll(store, [
        { state: "running", projectId: "a", group: "g", modelId: "m/1" },
        { state: "failed", projectId: "a", group: "%", modelId: "m/2" },
        { state: "succeeded", projectId: "A", group: null, modelId: "m/1" },
        { state: "running", projectId: null, group: "g", modelId: "m/2" },
      ]);
      assert.deepEqual(await listIds(store, { states: ["running"] }), [fourth, first]);
      assert.deepEqual(await listIds(store, { states: ["failed", "succeeded"] }), [third, second]);
      assert.deepEqual(await listIds(store, { states: [] }), []);
      assert.deepEqual(await listIds(store, { projectId: "a" }), [second, first]);
      assert.deepEqual(await listIds(store, { group: "%" }), [second]);
      assert.deepEqual(await listIds(store, { modelId: "m/1" }), [third, first]);
      assert.deepEqual(await listIds(store, { states: ["running"], group: "g", modelId: "m/2" }), [fourth]);
      assert.deepEqual(await listIds(store, { projectId: "a", group: "g", states: ["failed"] }), []);
      await store.update(first ?? "", 1, { state: "failed", projectId: null });
      assert.deepEqual(await listIds(store, { states: ["failed"] }), [second, first]);
      assert.deepEqual(await listIds(store, { projectId: "a" }), [second]);
    },
  },
  {
    name: "lists the run that holds a prediction, if the rest of the filter fits it",
    async run({ createStore }) {
      const store = await createStore();
      const hold = (...predictionIds: readonly (string | null)[]) =>
        predictionIds.map((predictionId, index) => sampleAttempt({ number: index + 1, predictionId }));
      const [first, second] = await createAll(store, [
        { state: "succeeded", projectId: "a", group: "g", modelId: "m/1", attempts: hold("p1", null, "p2") },
        { state: "running", projectId: "b" },
        { attempts: hold(null) },
      ]);
      await store.update(second ?? "", 1, { attempts: hold("p3", "P1") });
      for (const predictionId of ["p1", "p2"]) assert.deepEqual(await listIds(store, { predictionId }), [first]);
      for (const predictionId of ["p3", "P1"]) assert.deepEqual(await listIds(store, { predictionId }), [second]);
      for (const predictionId of ["p", "p4", "", "null", "%", "'"]) assert.deepEqual(await store.list({ predictionId }), { runs: [] });
      assert.deepEqual((await store.list({ predictionId: "p1", limit: 1 })).runs, [await store.get(first ?? "")]);
      const fitting = { predictionId: "p2", states: ["failed", "succeeded"], projectId: "a", group: "g", modelId: "m/1" } as const;
      assert.deepEqual(await listIds(store, fitting), [first]);
      for (const other of [{ states: ["running"] }, { states: [] }, { projectId: "b" }, { group: "G" }, { modelId: "m/2" }] as const) {
        assert.deepEqual(await listIds(store, { ...fitting, ...other }), []);
      }
      const { cursor } = await store.list({ limit: 1 });
      assert.deepEqual((await store.list({ predictionId: "p1", cursor })).runs.length, 1);
      // What a run lets go of, it holds no longer.
      await store.update(second ?? "", 2, { attempts: hold("P1") });
      assert.deepEqual(await listIds(store, { predictionId: "p3" }), []);
    },
  },
  {
    name: "fills the pages of a filtered list",
    async run({ createStore }) {
      const store = await createStore();
      const ids = await createAll(
        store,
        Array.from({ length: 20 }, (_, index) => ({ group: index % 3 === 0 ? "wanted" : "other" })),
      );
      const wanted = ids.filter((_, index) => index % 3 === 0).reverse();
      for (const limit of [1, 2, 6, 7, 8]) assert.deepEqual(await listIds(store, { group: "wanted", limit }), wanted);
      const page = await store.list({ group: "wanted", limit: 5 });
      assert.equal(page.runs.length, 5);
    },
  },
  {
    name: "stays in step while runs are added, changed and claimed between pages",
    async run({ createStore }) {
      const store = await createStore();
      const newestFirst = (
        await createAll(
          store,
          Array.from({ length: 9 }, () => ({})),
        )
      ).reverse();
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ limit: 2, cursor });
        seen.push(...page.runs.map(({ id }) => id));
        cursor = page.cursor;
        assert.ok(seen.length <= newestFirst.length, "what is added stands on a later page");
        await createAll(store, [{}, {}, {}]);
        await store.claim({ states: ["preparing"], leaseMs: 60_000, limit: 2 });
        const { version = 0 } = (await store.get(newestFirst[0] ?? "")) ?? {};
        await store.update(newestFirst[0] ?? "", version, { room: "kitchen" });
      } while (cursor !== undefined);
      assert.deepEqual(seen, newestFirst);
    },
  },
  {
    name: "refuses limits and cursors of a wrong shape, all problems at once",
    async run({ createStore }) {
      const store = await createStore();
      await createAll(store, [{}, {}]);
      for (const limit of [0, -1, 1.5, 1001, Number.NaN, Number.POSITIVE_INFINITY, "1" as unknown as number]) {
        await assertRefused(store.list({ limit }), ["limit"]);
      }
      for (const cursor of ["", " ", "not a cursor", "-1", "1.5", "🛋", "a\0b", "9".repeat(300), {} as unknown as string]) {
        await assertRefused(store.list({ cursor }), ["cursor"]);
        await assertRefused(store.list({ cursor, limit: 0 }), ["cursor", "limit"]);
      }
    },
  },
];

async function createAll(store: RunStore, runs: readonly Partial<NewRun>[]): Promise<string[]> {
  const ids: string[] = [];
  for (const run of runs) ids.push((await store.create(sampleRun(run))).run.id);
  return ids;
}

async function listIds(store: RunStore, filter: RunFilter): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ ...filter, cursor });
    assert.ok(page.runs.length <= (filter.limit ?? 100), "a page is longer than its limit");
    ids.push(...page.runs.map(({ id }) => id));
    assert.ok(new Set(ids).size === ids.length, "a run stands on two pages");
    assert.ok(page.cursor === undefined || page.runs.length > 0, "an empty page has a cursor");
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}
