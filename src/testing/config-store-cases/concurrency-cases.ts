import assert from "node:assert/strict";
import { VersionConflictError } from "../../errors/version-conflict-error.ts";
import type { ConfigStore } from "../../settings/config-store.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

/** Many writers at once lose nothing. */
export const concurrencyCases: readonly ConfigStoreCase[] = [
  {
    name: "lets exactly one of 100 concurrent writes win on each version",
    async run({ createStore }) {
      const store = await createStore();
      for (const expectedVersion of [0, 1, 2]) {
        const writes = Array.from({ length: 100 }, (_, writer) => store.put("key", { writer }, byTester({ expectedVersion })));
        const results = await Promise.allSettled(writes);
        const winners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
        assert.deepEqual(
          winners.map(({ version }) => version),
          [expectedVersion + 1],
        );
        const losers = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
        assert.equal(losers.length, 99);
        for (const error of losers) {
          assert.ok(VersionConflictError.is(error), `expected a VersionConflictError, not ${error}`);
          assert.equal(error.currentVersion, expectedVersion + 1);
        }
        assert.deepEqual((await store.getMany(["key"])).get("key")?.value, winners[0]?.value);
      }
      assert.equal((await store.history("key")).versions.length, 3);
    },
  },
  {
    name: "keeps every one of 100 concurrent writes that expect no version",
    async run({ createStore }) {
      const store = await createStore();
      const written = await Promise.all(Array.from({ length: 100 }, (_, writer) => store.put("key", writer, byTester())));
      assert.deepEqual(written.map(({ version }) => version).sort(ascending), oneTo(100));
      const { versions } = await store.history("key", { limit: 1000 });
      assert.deepEqual(versions.map(({ version }) => version).reverse(), oneTo(100));
      const kept = versions.map((version) => (version.deleted ? -1 : Number(version.value))).sort(ascending);
      assert.deepEqual(
        kept,
        oneTo(100).map((writer) => writer - 1),
      );
    },
  },
  {
    name: "counts right when 20 writers read, add one and write until they win",
    async run({ createStore }) {
      const store = await createStore();
      await Promise.all(Array.from({ length: 20 }, () => increment(store)));
      const document = (await store.getMany(["counter"])).get("counter");
      assert.deepEqual([document?.value, document?.version], [20, 20]);
    },
  },
];

async function increment(store: ConfigStore): Promise<void> {
  for (;;) {
    const { value = 0, version = 0 } = (await store.getMany(["counter"])).get("counter") ?? {};
    try {
      await store.put("counter", Number(value) + 1, byTester({ expectedVersion: version }));
      return;
    } catch (error) {
      if (!VersionConflictError.is(error)) throw error;
    }
  }
}

function oneTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

function ascending(left: number, right: number): number {
  return left - right;
}
