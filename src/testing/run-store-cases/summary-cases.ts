import assert from "node:assert/strict";
import type { Cost } from "../../model/price.ts";
import { finalStates } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { type SummaryOptions, type SummaryRow, summaryKeys } from "../../runs/run-summary.ts";
import { assertRefused } from "./assert-refused.ts";
import { createRuns } from "./create-runs.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleImage } from "./sample-image.ts";

const toCost = (microUsd: number | null, basis: Cost["basis"] = "table"): Cost => ({
  microUsd,
  basis,
  priceVersion: "2026-04",
  outputs: 1,
});
const toFeedback = (accepted: boolean) => ({ accepted, reason: null, at: "2026-04-02T00:00:00.000Z" });

const nothing: SummaryRow = {
  runs: 0,
  images: 0,
  succeeded: 0,
  failed: 0,
  accepted: 0,
  costMicroUsd: 0,
  unknownCosts: 0,
  estimatedMicroUsd: 0,
  failureRate: null,
  p50DurationMs: null,
  p95DurationMs: null,
  costPerAcceptedMicroUsd: null,
};

/** Summaries are exact, whatever they are asked by. */
export const summaryCases: readonly RunStoreCase[] = [
  {
    name: "sums up nothing as one row of zeros, and by anything as no row",
    async run({ createStore }) {
      const store = await createStore();
      assert.deepEqual(await store.summarise({ by: [] }), { rows: [nothing] });
      assert.deepEqual(await store.summarise({ by: ["model", "day"] }), { rows: [] });
      await createRuns(store, [{ projectId: "a" }]);
      assert.deepEqual(await store.summarise({ by: [], projectId: "b" }), { rows: [nothing] });
    },
  },
  {
    name: "counts runs, images, endings, feedback and costs",
    async run({ createStore }) {
      const store = await createStore();
      await createRuns(store, [
        { state: "succeeded", images: [sampleImage(), sampleImage()], cost: toCost(30_000), feedback: toFeedback(true) },
        { state: "succeeded", images: [sampleImage()], cost: toCost(25_001, "invoice"), feedback: toFeedback(true) },
        { state: "succeeded", images: [sampleImage()], cost: toCost(0), feedback: toFeedback(true) },
        { state: "failed", cost: toCost(null), feedback: toFeedback(false) },
        { state: "canceled", cost: toCost(5, "invoice") },
        { state: "running" },
      ]);
      const rest = { p50DurationMs: null, p95DurationMs: null };
      const sums = { costMicroUsd: 55_006, unknownCosts: 2, estimatedMicroUsd: 30_000, costPerAcceptedMicroUsd: 18_336 };
      const counts = { runs: 6, images: 4, succeeded: 3, failed: 1, accepted: 3, failureRate: 0.2 };
      assert.deepEqual(await store.summarise({ by: [] }), { rows: [{ ...counts, ...sums, ...rest }] });
    },
  },
  {
    name: "counts every final state as an end, and only failed runs as failures",
    async run({ createStore }) {
      const store = await createStore();
      await createRuns(
        store,
        finalStates.map((state) => ({ state })),
      );
      const { rows } = await store.summarise({ by: ["state"] });
      assert.deepEqual(
        rows.map(({ state, runs, failed, failureRate }) => [state, runs, failed, failureRate]),
        [...finalStates].sort().map((state) => [state, 1, Number(state === "failed"), Number(state === "failed")]),
      );
      assert.equal((await store.summarise({ by: [] })).rows[0]?.failureRate, 1 / finalStates.length);
    },
  },
  {
    name: "tells how long runs that succeeded took, interpolated between two of them",
    async run({ createStore }) {
      const store = await createStore();
      // An end before the beginning, by another clock, counts as none at all; a run without an end does not count.
      for (const durationMs of [-5_000, 1_000, 2_000, 10_001]) await finish(store, "succeeded", durationMs);
      for (const state of ["failed", "running"] as const) await finish(store, state, 60_000);
      await createRuns(store, [{ state: "succeeded" }]);
      const { rows } = await store.summarise({ by: [] });
      assert.deepEqual([rows[0]?.succeeded, rows[0]?.p50DurationMs, rows[0]?.p95DurationMs], [5, 1_500, 8_801]);
    },
  },
  {
    name: "sums up by each key, and by all of them at once, in order, those without one last",
    async run({ createStore }) {
      const store = await createStore();
      const runs = await createRuns(store, [
        { modelId: "m/b", projectId: "Z", variant: "😀", group: "g", cost: toCost(1) },
        { modelId: "m/a", projectId: "a", variant: "\uffff", state: "succeeded", cost: toCost(2) },
        { modelId: "m/a", projectId: "a", variant: "\uffff", state: "succeeded", cost: toCost(4) },
        { modelId: "m/a", state: "failed", cost: toCost(8) },
      ]);
      const ask = async (by: SummaryOptions["by"]) => {
        const { rows } = await store.summarise({ by });
        return rows.map(({ costMicroUsd, ...row }) => [...by.map((key) => row[fields[key]]), costMicroUsd]);
      };
      assert.deepEqual(await ask(["model"]), [
        ["m/a", 14],
        ["m/b", 1],
      ]);
      assert.deepEqual(await ask(["project"]), [
        ["Z", 1],
        ["a", 6],
        [null, 8],
      ]);
      assert.deepEqual(await ask(["variant"]), [
        ["\uffff", 6],
        ["😀", 1],
        [null, 8],
      ]);
      assert.deepEqual(await ask(["group"]), [
        ["g", 1],
        [null, 14],
      ]);
      assert.deepEqual(await ask(["state", "project"]), [
        ["failed", null, 8],
        ["preparing", "Z", 1],
        ["succeeded", "a", 6],
      ]);
      assert.deepEqual(await ask(["project", "model"]), [
        ["Z", "m/b", 1],
        ["a", "m/a", 6],
        [null, "m/a", 8],
      ]);
      for (const [key, length] of [
        ["day", 10],
        ["month", 7],
      ] as const) {
        const values = [...new Set(runs.map(({ createdAt }) => createdAt.slice(0, length)))];
        assert.deepEqual(
          (await ask([key])).map(([value]) => value),
          values,
        );
      }
      const { rows } = await store.summarise({ by: summaryKeys });
      assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), [...Object.keys(nothing), ...Object.values(fields)].sort());
      assert.equal(rows.length, 3);
    },
  },
  {
    name: "sums up what was created from one moment to before another, of a project and a model",
    async run({ createStore }) {
      const store = await createStore();
      const [run] = await createRuns(store, [{ projectId: "a", modelId: "m/1" }]);
      const createdAt = run?.createdAt ?? "";
      const later = toTime(createdAt, 1);
      const count = async (options: Omit<SummaryOptions, "by">) => (await store.summarise({ by: [], ...options })).rows[0]?.runs;
      assert.equal(await count({ since: createdAt }), 1);
      assert.equal(await count({ since: createdAt, until: later }), 1);
      assert.equal(await count({ since: createdAt.slice(0, 10), until: "9999-12-31" }), 1);
      assert.equal(await count({ since: later }), 0);
      assert.equal(await count({ until: createdAt }), 0);
      assert.equal(await count({ since: createdAt, until: createdAt }), 0);
      assert.equal(await count({ projectId: "a", modelId: "m/1" }), 1);
      assert.equal(await count({ projectId: "A" }), 0);
      assert.equal(await count({ projectId: "a", modelId: "m/2" }), 0);
    },
  },
  {
    name: "gives a summary page by page, each row once, without a cursor on the last page",
    async run({ createStore }) {
      const store = await createStore();
      await createRuns(
        store,
        ["a", "b", null, "c", "a", "\"'", ""].map((projectId, index) => ({ projectId, modelId: `m/${index % 2}` })),
      );
      const by = ["project", "model"] as const;
      const all = await store.summarise({ by });
      assert.deepEqual([all.rows.length, "cursor" in all], [6, false]);
      for (const limit of [1, 2, 3, 5, 6, 1_000]) {
        const rows: SummaryRow[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.summarise({ by, limit, cursor });
          assert.ok(page.rows.length > 0 && page.rows.length <= limit, `${page.rows.length} rows on a page of ${limit}`);
          rows.push(...page.rows);
          cursor = page.cursor;
        } while (cursor !== undefined && rows.length < 10);
        assert.deepEqual(rows, all.rows);
      }
      assert.deepEqual(await store.summarise({ by: [], limit: 1 }), { rows: [{ ...nothing, runs: 7, unknownCosts: 7 }] });
    },
  },
  {
    name: "sums exactly beyond 32 bits, and refuses a sum that no number holds",
    async run({ createStore }) {
      const store = await createStore();
      const [large] = await createRuns(store, [
        { cost: toCost(Number.MAX_SAFE_INTEGER - 1), feedback: toFeedback(true), projectId: "a" },
        { cost: toCost(1), projectId: "a" },
        { cost: toCost(2 ** 31, "invoice"), projectId: "b" },
        { cost: toCost(2 ** 31, "invoice"), projectId: "b" },
      ]);
      const { rows } = await store.summarise({ by: ["project"] });
      const max = Number.MAX_SAFE_INTEGER;
      assert.deepEqual(
        rows.map((row) => [row.costMicroUsd, row.estimatedMicroUsd, row.costPerAcceptedMicroUsd]),
        [
          [max, max, max],
          [2 ** 32, 0, null],
        ],
      );
      await assertRefused(store.summarise({ by: [] }), ["since"]);
      assert.equal((await store.summarise({ by: [], projectId: "b" })).rows[0]?.costMicroUsd, 2 ** 32);
      await store.update(large?.id ?? "", 1, { cost: toCost(3) });
      assert.equal((await store.summarise({ by: [] })).rows[0]?.costMicroUsd, 2 ** 32 + 4);
    },
  },
  {
    name: "refuses keys, times, limits and cursors that are none, all problems at once",
    async run({ createStore }) {
      const store = await createStore();
      await createRuns(store, [{ projectId: "a" }, { projectId: "b" }]);
      const refuse = (options: object, fields: readonly string[]) =>
        assertRefused(store.summarise({ by: ["project"], ...options } as SummaryOptions), fields);
      await refuse({ by: undefined }, ["by"]);
      await refuse({ by: "project" }, ["by"]);
      await refuse({ by: ["project", "project"] }, ["by"]);
      await refuse({ by: ["project", "toString"] }, ["by[1]"]);
      for (const time of ["", "30d", "2026-13-01", "2026-04-01T00:00:00", new Date(), 0]) {
        await refuse({ since: time }, ["since"]);
        await refuse({ until: time }, ["until"]);
      }
      await refuse({ since: "2026-04-02", until: "2026-04-01" }, ["until"]);
      for (const limit of [0, -1, 1.5, 1_001, Number.NaN, "1"]) await refuse({ limit }, ["limit"]);
      for (const cursor of ["", "1", "[]", "[1]", '["a","b"]', "{}", {}, null]) await refuse({ cursor }, ["cursor"]);
      const nonsense = { by: ["x"], since: "x", until: "x", projectId: 7, modelId: 7, limit: 0, cursor: "x" };
      await refuse(nonsense, ["by[0]", "since", "until", "projectId", "modelId", "limit", "cursor"]);
    },
  },
];

const fields = {
  model: "modelId",
  project: "projectId",
  variant: "variant",
  state: "state",
  day: "day",
  month: "month",
  group: "group",
} as const;

async function finish(store: RunStore, state: "succeeded" | "failed" | "running", durationMs: number): Promise<void> {
  const [run] = await createRuns(store, [{}]);
  assert.ok(run !== undefined, "no run was written");
  await store.update(run.id, 1, { state, finishedAt: toTime(run.createdAt, durationMs) });
}

function toTime(from: string, milliseconds: number): string {
  return new Date(Date.parse(from) + milliseconds).toISOString();
}
