import assert from "node:assert/strict";
import type { ImageRecord } from "../../runs/run.ts";
import type { RunFilter, RunStore } from "../../runs/run-store.ts";
import { assertRefused } from "./assert-refused.ts";
import { createRuns } from "./create-runs.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleImage } from "./sample-image.ts";

const [one, two, three] = ["1".repeat(64), "2".repeat(64), "3".repeat(64)] as const;

/** Runs are found by their variant, by their images and by when they ended. */
export const searchCases: readonly RunStoreCase[] = [
  {
    name: "lists by variant, character by character, and not by what has none",
    async run({ createStore }) {
      const store = await createStore();
      const ids = await createAll(store, [{ variant: "a", state: "failed" }, { variant: "A" }, {}, { variant: "a", group: "g" }]);
      assert.deepEqual(await findIds(store, { variant: "a" }), [ids[3], ids[0]]);
      assert.deepEqual(await findIds(store, { variant: "a", group: "g" }), [ids[3]]);
      assert.deepEqual(await findIds(store, { variant: "a", states: ["failed"] }), [ids[0]]);
      for (const variant of ["", "null", "%"]) assert.deepEqual(await findIds(store, { variant }), []);
      assert.deepEqual((await store.list({ variant: "a", limit: 1 })).runs.length, 1);
    },
  },
  {
    name: "finds the runs that have an image, by the hash of its file or of its image data",
    async run({ createStore }) {
      const store = await createStore();
      const image = sampleImage({ sha256: one, imageDataSha256: two });
      const unlabelled = sampleImage({ sha256: two, imageDataSha256: null });
      const ids = await createAll(store, [
        { state: "succeeded", images: [image], projectId: "a" },
        { images: [sampleImage(), unlabelled], projectId: "b" },
        { images: [], photo: { source: "bytes", contentType: null, byteLength: 1, sha256: one } },
      ]);
      assert.deepEqual(await findIds(store, { imageSha256: one }), [ids[0]]);
      assert.deepEqual(await findIds(store, { imageSha256: two }), [ids[1], ids[0]]);
      assert.deepEqual(await findIds(store, { imageSha256: "d".repeat(64) }), [ids[1]]);
      assert.deepEqual(await findIds(store, { imageSha256: "D".repeat(64) }), [ids[1]]);
      assert.deepEqual(await findIds(store, { imageSha256: three }), []);
      assert.deepEqual(await findIds(store, { imageSha256: two, projectId: "a" }), [ids[0]]);
      assert.deepEqual(await findIds(store, { imageSha256: two, states: ["failed"] }), []);
      assert.deepEqual((await store.list({ imageSha256: two, limit: 1 })).runs, [await store.get(ids[1] ?? "")]);
      // What came home later is found as well, and what is no longer there is not.
      await store.update(ids[1] ?? "", 1, { images: [sampleImage({ sha256: three })] });
      assert.deepEqual(await findIds(store, { imageSha256: two }), [ids[0]]);
      assert.deepEqual(await findIds(store, { imageSha256: three }), [ids[1]]);
    },
  },
  {
    name: "finds the runs that have an image which looks alike, by how many of 64 bits differ",
    async run({ createStore }) {
      const store = await createStore();
      const toImages = (...hashes: readonly (string | null)[]) => hashes.map((perceptualHash) => sampleImage({ perceptualHash }));
      const ids = await createAll(store, [
        { images: toImages("0000000000000000") },
        { images: toImages(null, "000000000000000f") },
        { images: toImages("ffffffffffffffff", "8000000000000001") },
        { images: toImages(null) },
        { images: [] },
      ]);
      const find = (hash: string, maximumDistance: number) => findIds(store, { perceptualHash: { hash, maximumDistance } });
      assert.deepEqual(await find("0000000000000000", 0), [ids[0]]);
      assert.deepEqual(await find("0000000000000000", 1), [ids[0]]);
      assert.deepEqual(await find("0000000000000000", 2), [ids[2], ids[0]]);
      assert.deepEqual(await find("0000000000000000", 4), [ids[2], ids[1], ids[0]]);
      assert.deepEqual(await find("FFFFFFFFFFFFFFFE", 1), [ids[2]]);
      assert.deepEqual(await find("7fffffffffffffff", 1), [ids[2]]);
      assert.deepEqual(await find("0123456789abcdef", 0), []);
      assert.deepEqual(await find("0123456789abcdef", 64), [ids[2], ids[1], ids[0]]);
      const near = { perceptualHash: { hash: "0000000000000000", maximumDistance: 4 }, limit: 2 };
      const { runs, cursor } = await store.list(near);
      assert.deepEqual([toIds(runs), toIds((await store.list({ ...near, cursor })).runs)], [[ids[2], ids[1]], [ids[0]]]);
      // An image as an earlier release kept it.
      const { perceptualHash: _, imageDataSha256: __, ...earlier } = sampleImage({ sha256: one });
      await store.update(ids[4] ?? "", 1, { images: [earlier as ImageRecord] });
      assert.equal((await find("0000000000000000", 64)).length, 3);
      assert.deepEqual(await findIds(store, { imageSha256: one }), [ids[4]]);
    },
  },
  {
    name: "lists what ended before a time, and nothing that goes on",
    async run({ createStore }) {
      const store = await createStore();
      const ids = await createAll(store, [
        { state: "succeeded", finishedAt: "2026-03-01T00:00:00.000Z" },
        { state: "failed", finishedAt: "2026-04-01T00:00:00.000Z" },
        { state: "running" },
      ]);
      assert.deepEqual(await findIds(store, { finishedBefore: "2026-04-01" }), [ids[0]]);
      assert.deepEqual(await findIds(store, { finishedBefore: "2026-04-01T00:00:00.001Z" }), [ids[1], ids[0]]);
      assert.deepEqual(await findIds(store, { finishedBefore: "2026-04-01T01:59:59+02:00" }), [ids[0]]);
      assert.deepEqual(await findIds(store, { finishedBefore: "2026-05-01T00:00:00Z", states: ["failed"] }), [ids[1]]);
      for (const never of ["0000-01-01", "2026-03-01T00:00:00.000Z"]) assert.deepEqual(await findIds(store, { finishedBefore: never }), []);
      assert.equal((await findIds(store, { finishedBefore: "9999-12-31T23:59:59-12:00" })).length, 2);
    },
  },
  {
    name: "refuses hashes, distances and times that are none, all problems at once",
    async run({ createStore }) {
      const store = await createStore();
      await createAll(store, [{}]);
      for (const imageSha256 of ["", "1", `${one}1`, `${one.slice(1)}g`, 7 as unknown as string]) {
        await assertRefused(store.list({ imageSha256 }), ["imageSha256"]);
      }
      for (const hash of ["", "0", "0".repeat(15), "0".repeat(17), `${"0".repeat(15)}x`, 0 as unknown as string]) {
        await assertRefused(store.list({ perceptualHash: { hash, maximumDistance: 1 } }), ["perceptualHash.hash"]);
      }
      for (const maximumDistance of [-1, 65, 0.5, Number.NaN, "1" as unknown as number]) {
        await assertRefused(store.list({ perceptualHash: { hash: "0".repeat(16), maximumDistance } }), ["perceptualHash.maximumDistance"]);
      }
      for (const finishedBefore of ["", "yesterday", "2026-02-31", "2026-04-01T00:00:00", new Date() as unknown as string]) {
        await assertRefused(store.list({ finishedBefore }), ["finishedBefore"]);
      }
      const nonsense = { imageSha256: "x", perceptualHash: { hash: "x", maximumDistance: 99 }, finishedBefore: "x", limit: 0, cursor: "x" };
      const fields = ["imageSha256", "perceptualHash.hash", "perceptualHash.maximumDistance", "finishedBefore", "limit", "cursor"];
      await assertRefused(store.list(nonsense), fields);
    },
  },
];

async function createAll(...given: Parameters<typeof createRuns>): Promise<readonly string[]> {
  return toIds(await createRuns(...given));
}

async function findIds(store: RunStore, filter: RunFilter): Promise<readonly string[]> {
  return toIds((await store.list(filter)).runs);
}

function toIds(runs: readonly { readonly id: string }[]): readonly string[] {
  return runs.map(({ id }) => id);
}
