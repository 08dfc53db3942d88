import assert from "node:assert/strict";
import { VersionConflictError } from "../../errors/version-conflict-error.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

/** Versions count 1, 2, 3 without a gap, each is kept, and a write may name the one that it stands on. */
export const versionCases: readonly ConfigStoreCase[] = [
  {
    name: "counts versions from 1 for each key by itself",
    async run({ createStore }) {
      const store = await createStore();
      for (const version of [1, 2, 3]) assert.equal((await store.put("a", version, byTester())).version, version);
      assert.equal((await store.put("b", "same", byTester())).version, 1);
      assert.equal((await store.put("b", "same", byTester())).version, 2);
      assert.equal((await store.getMany(["a"])).get("a")?.version, 3);
    },
  },
  {
    name: "writes on the expected version only, and says which one is stored",
    async run({ createStore }) {
      const store = await createStore();
      await store.put("key", "first", byTester({ expectedVersion: 0 }));
      await store.put("key", "second", byTester({ expectedVersion: 1 }));
      for (const expectedVersion of [0, 1, 3]) {
        await assertConflict(store.put("key", "lost", byTester({ expectedVersion })), { key: "key", expectedVersion, currentVersion: 2 });
        await assertConflict(store.delete("key", byTester({ expectedVersion })), { key: "key", expectedVersion, currentVersion: 2 });
      }
      await assertConflict(store.put("new", "lost", byTester({ expectedVersion: 1 })), {
        key: "new",
        expectedVersion: 1,
        currentVersion: 0,
      });
      await assertConflict(store.delete("new", byTester({ expectedVersion: 1 })), { key: "new", expectedVersion: 1, currentVersion: 0 });
      assert.equal((await store.history("key")).versions.length, 2);
      assert.equal((await store.history("new")).versions.length, 0);
    },
  },
  {
    name: "goes on counting after a deletion, which is a version of its own",
    async run({ createStore }) {
      const store = await createStore();
      assert.equal(await store.delete("key", byTester()), null);
      assert.equal(await store.delete("key", byTester({ expectedVersion: 0 })), null);
      await store.put("key", "first", byTester());
      assert.equal(await store.delete("key", byTester({ expectedVersion: 1, note: "gone" })), 2);
      assert.equal((await store.getMany(["key"])).size, 0);
      assert.equal(await store.delete("key", byTester()), null);
      await assertConflict(store.put("key", "lost", byTester({ expectedVersion: 2 })), {
        key: "key",
        expectedVersion: 2,
        currentVersion: 0,
      });
      assert.equal((await store.put("key", "again", byTester({ expectedVersion: 0 }))).version, 3);
      const { versions } = await store.history("key");
      assert.deepEqual(
        versions.map(({ version, deleted, note }) => ({ version, deleted, note })),
        [
          { version: 3, deleted: false, note: null },
          { version: 2, deleted: true, note: "gone" },
          { version: 1, deleted: false, note: null },
        ],
      );
      assert.deepEqual(versions[1]?.author, { name: "Tester" });
    },
  },
  {
    name: "gives the history newest first, page by page",
    async run({ createStore }) {
      const store = await createStore();
      for (let version = 1; version <= 7; version += 1) await store.put("key", { version }, byTester());
      const pages: number[][] = [];
      for (let cursor: number | undefined; pages.length < 9; ) {
        const page = await store.history("key", { limit: 3, cursor });
        pages.push(page.versions.map(({ version }) => version));
        // What is written while somebody reads stands on no later page.
        await store.put("key", "meanwhile", byTester());
        cursor = page.cursor;
        if (cursor === undefined) break;
      }
      assert.deepEqual(pages, [[7, 6, 5], [4, 3, 2], [1]]);
      const [single] = (await store.history("key", { cursor: 5, limit: 1 })).versions;
      assert.ok(single?.deleted === false);
      assert.deepEqual(single.value, { version: 4 });
      assert.deepEqual(await store.history("absent"), { versions: [] });
    },
  },
  {
    name: "has no gap in any mix of writes, deletions and conflicts",
    async run({ createStore }) {
      const store = await createStore();
      let random = 20_260_423;
      const next = (below: number) => {
        random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
        return Math.floor((random / 2 ** 31) * below);
      };
      const expected = new Map<string, { count: number; exists: boolean }>();
      for (let step = 0; step < 150; step += 1) {
        const key = `key_${next(3)}`;
        const state = expected.get(key) ?? { count: 0, exists: false };
        expected.set(key, state);
        if (next(4) === 0) await assert.rejects(store.put(key, step, byTester({ expectedVersion: 999 })));
        else if (next(3) > 0) {
          state.count += 1;
          state.exists = true;
          assert.equal((await store.put(key, step, byTester())).version, state.count);
        } else {
          state.count += state.exists ? 1 : 0;
          assert.equal(await store.delete(key, byTester()), state.exists ? state.count : null);
          state.exists = false;
        }
      }
      for (const [key, { count }] of expected) {
        const { versions } = await store.history(key, { limit: 1000 });
        assert.deepEqual(
          versions.map(({ version }) => version),
          Array.from({ length: count }, (_, index) => count - index),
        );
      }
    },
  },
];

async function assertConflict(
  write: Promise<unknown>,
  details: { readonly key: string; readonly expectedVersion: number; readonly currentVersion: number },
): Promise<void> {
  await assert.rejects(write, (error) => {
    assert.ok(VersionConflictError.is(error), `expected a VersionConflictError, not ${error}`);
    const { key, expectedVersion, currentVersion } = error;
    assert.deepEqual({ key, expectedVersion, currentVersion }, details);
    return true;
  });
}
