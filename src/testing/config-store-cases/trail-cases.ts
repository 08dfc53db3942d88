import assert from "node:assert/strict";
import type { ConfigStore, ConfigVersion } from "../../settings/config-store.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

/** The trail holds every version of every key, in one order, in pages. */
export const trailCases: readonly ConfigStoreCase[] = [
  {
    name: "gives a trail of all versions, by key in code point order, each key oldest first, deleted keys too",
    async run({ createStore }) {
      const store = await createStore();
      assert.deepEqual(await store.trail(), { versions: [] });
      const ordered = [" ", " a", "B", "_", "a", "a  b", "a b", "a/b", "ab", "ä", "\uffee", "🛋"];
      for (const key of [...ordered].reverse()) await store.put(key, `of ${key}`, byTester({ note: "first" }));
      for (const key of ["a", "🛋", " "]) await store.put(key, "second", byTester());
      for (const key of ["a", "B"]) await store.delete(key, byTester({ note: "gone" }));
      await store.put("a", "again", byTester());
      const { versions, cursor } = await store.trail();
      assert.equal(cursor, undefined);
      const counts: Readonly<Record<string, number>> = { " ": 2, B: 2, a: 4, "🛋": 2 };
      assert.deepEqual(
        versions.map(toName),
        ordered.flatMap((key) => Array.from({ length: counts[key] ?? 1 }, (_, index) => `${index + 1} ${key}`)),
      );
      for (const key of ordered) {
        const { versions: history } = await store.history(key);
        assert.deepEqual(
          versions.filter((version) => version.key === key),
          [...history].reverse(),
        );
      }
    },
  },
  {
    name: "gives the trail page by page, each version once, whatever is in a key, without a cursor on the last page",
    async run({ createStore }) {
      const store = await createStore();
      for (const key of ["2 a", " 3", "a", "a 1", "project/1 2/pause"]) {
        for (let version = 1; version <= 11; version += 1) await store.put(key, version, byTester());
      }
      const whole = (await readTrail(store)).map(toName);
      assert.equal(new Set(whole).size, 55);
      for (const limit of [1, 3, 11, 54, 55, 56, 1000]) assert.deepEqual((await readTrail(store, limit)).map(toName), whole);
      assert.equal((await store.trail({ limit: 55 })).cursor, undefined);
    },
  },
  {
    name: "gives a trail of 1,100 versions in pages of 100 unless told otherwise, of 1,000 at most",
    async run({ createStore }) {
      const store = await createStore();
      for (let round = 0; round < 11; round += 1) {
        await Promise.all(Array.from({ length: 100 }, (_, index) => store.put(`key ${index % 3}`, index, byTester())));
      }
      assert.equal((await store.trail()).versions.length, 100);
      const { versions, cursor } = await store.trail({ limit: 1000 });
      assert.equal(versions.length, 1000);
      const { versions: rest, ...end } = await store.trail({ limit: 1000, cursor });
      assert.deepEqual(end, {});
      const lengths: readonly number[] = [374, 363, 363];
      assert.deepEqual(
        [...versions, ...rest].map(toName),
        lengths.flatMap((length, key) => Array.from({ length }, (_, index) => `${index + 1} key ${key}`)),
      );
    },
  },
  {
    name: "stays in step when versions come between the pages of a trail",
    async run({ createStore }) {
      const store = await createStore();
      for (const key of ["b", "c"]) for (const value of [1, 2]) await store.put(key, value, byTester());
      const { versions, cursor } = await store.trail({ limit: 2 });
      assert.deepEqual(versions.map(toName), ["1 b", "2 b"]);
      await store.put("a", 1, byTester());
      await store.delete("b", byTester());
      await store.put("c", 3, byTester());
      assert.deepEqual((await store.trail({ cursor })).versions.map(toName), ["3 b", "1 c", "2 c", "3 c"]);
    },
  },
];

function toName({ key, version }: ConfigVersion): string {
  return `${version} ${key}`;
}

async function readTrail(store: ConfigStore, limit?: number): Promise<readonly ConfigVersion[]> {
  const found: ConfigVersion[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.trail({ limit, cursor });
    if (limit !== undefined) assert.ok(page.versions.length <= limit);
    found.push(...page.versions);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}
