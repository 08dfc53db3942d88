import assert from "node:assert/strict";
import type { ConfigChange, ConfigStore } from "../../settings/config-store.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

const patienceMs = 5_000;

/** A store that watches tells of every change. */
export const watchCases: readonly ConfigStoreCase[] = [
  {
    name: "tells every listener of writes and deletions, by key and version alone",
    requires: "watch",
    async run({ createStore }) {
      const store = await createStore();
      const [first, second] = [await listen(store), await listen(store)];
      await store.put("a", { secret: true }, byTester());
      await store.put("a", 2, byTester());
      await store.put("b", 1, byTester());
      await store.delete("a", byTester());
      for (const { changes, stop } of [first, second]) {
        await waitFor(() => changes.some(({ key, version }) => key === "a" && version === 3));
        for (const version of [1, 2, 3]) assert.ok(changes.some((change) => change.key === "a" && change.version === version));
        assert.ok(changes.some((change) => change.key === "b" && change.version === 1));
        for (const change of changes) assert.deepEqual(Object.keys(change).sort(), ["key", "version"]);
        await stop();
      }
    },
  },
  {
    name: "tells of nothing that was refused, and of nothing after stop",
    requires: "watch",
    async run({ createStore }) {
      const store = await createStore();
      const [stopped, watching] = [await listen(store), await listen(store)];
      await store.put("a", 1, byTester());
      await waitFor(() => stopped.changes.length > 0);
      await stopped.stop();
      await stopped.stop();
      await assert.rejects(store.put("a", 2, byTester({ expectedVersion: 7 })));
      await store.delete("absent", byTester());
      await store.put("b", 1, byTester());
      await waitFor(() => watching.changes.some(({ key }) => key === "b"));
      assert.deepEqual(
        watching.changes.filter(({ key }) => key !== "b"),
        [{ key: "a", version: 1 }],
      );
      assert.deepEqual(stopped.changes, [{ key: "a", version: 1 }]);
      await watching.stop();
    },
  },
  {
    name: "is not disturbed by a listener that throws",
    requires: "watch",
    async run({ createStore }) {
      const store = await createStore();
      const stopThrowing = await watch(store, () => {
        throw new Error("a listener failed");
      });
      const { changes, stop } = await listen(store);
      assert.equal((await store.put("a", 1, byTester())).version, 1);
      await waitFor(() => changes.length > 0);
      await stopThrowing();
      await stop();
    },
  },
];

async function watch(store: ConfigStore, listener: (change: ConfigChange) => void): Promise<() => Promise<void>> {
  assert.ok(store.watch !== undefined, "the store has no watch(); declare it as unsupported, with the reason");
  return store.watch(listener);
}

async function listen(store: ConfigStore): Promise<{ readonly changes: readonly ConfigChange[]; readonly stop: () => Promise<void> }> {
  const changes: ConfigChange[] = [];
  const stop = await watch(store, (change) => changes.push(change));
  return { changes, stop };
}

async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `no notice came within ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
