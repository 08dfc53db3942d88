import assert from "node:assert/strict";
import type { ConfigStore } from "../../settings/config-store.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

/** Lists are by literal prefix, in code point order, in pages. */
export const listCases: readonly ConfigStoreCase[] = [
  {
    name: "lists by literal prefix: % and _ and \\ and * are characters",
    async run({ createStore }) {
      const store = await createStore();
      await putAll(store, ["a%b", "a%b/c", "axb", "a_b", "a\\b", "a*b", "A%b", "b"]);
      assert.deepEqual(await listKeys(store, "a%"), ["a%b", "a%b/c"]);
      assert.deepEqual(await listKeys(store, "a_"), ["a_b"]);
      assert.deepEqual(await listKeys(store, "a\\"), ["a\\b"]);
      assert.deepEqual(await listKeys(store, "a*"), ["a*b"]);
      assert.deepEqual(await listKeys(store, "%"), []);
      assert.deepEqual(await listKeys(store, "b"), ["b"]);
    },
  },
  {
    name: "lists in code point order, whatever the order of writing and the language of the database",
    async run({ createStore }) {
      const store = await createStore();
      const ordered = ["B", "_", "a", "a/b", "a_b", "ab", "z", "ä", "\uffee", "🛋"];
      await putAll(store, [...ordered].reverse());
      assert.deepEqual(await listKeys(store, ""), ordered);
      assert.deepEqual(await listKeys(store, "", 3), ordered);
    },
  },
  {
    name: "lists page by page, each document once, without a cursor on the last page",
    async run({ createStore }) {
      const store = await createStore();
      const keys = Array.from({ length: 10 }, (_, index) => `project/${index}`);
      await putAll(store, [...keys, "other"]);
      for (const limit of [1, 3, 5, 9, 10, 11, 1000]) assert.deepEqual(await listKeys(store, "project/", limit), keys);
      const page = await store.list("project/", { limit: 10 });
      assert.equal(page.cursor, undefined);
      assert.deepEqual(await store.list("absent/"), { documents: [] });
    },
  },
  {
    name: "pages of 100 unless told otherwise",
    async run({ createStore }) {
      const store = await createStore();
      await putAll(
        store,
        Array.from({ length: 101 }, (_, index) => `key_${index}`),
      );
      assert.equal((await store.list("")).documents.length, 100);
      assert.equal((await listKeys(store, "")).length, 101);
    },
  },
  {
    name: "lists newest versions only, nothing deleted, and stays in step when documents come and go between pages",
    async run({ createStore }) {
      const store = await createStore();
      await putAll(store, ["a", "b", "c", "d"]);
      await store.put("b", "second", byTester());
      const first = await store.list("", { limit: 2 });
      assert.deepEqual(
        first.documents.map(({ key, value, version }) => [key, value, version]),
        [
          ["a", "of a", 1],
          ["b", "second", 2],
        ],
      );
      await store.delete("b", byTester());
      await store.delete("c", byTester());
      await store.put("aa", "new", byTester());
      const second = await store.list("", { limit: 2, cursor: first.cursor });
      assert.deepEqual(
        second.documents.map(({ key }) => key),
        ["d"],
      );
      assert.deepEqual(await listKeys(store, ""), ["a", "aa", "d"]);
    },
  },
];

async function putAll(store: ConfigStore, keys: readonly string[]): Promise<void> {
  for (const key of keys) await store.put(key, `of ${key}`, byTester());
}

async function listKeys(store: ConfigStore, prefix: string, limit?: number): Promise<readonly string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(prefix, { limit, cursor });
    if (limit !== undefined) assert.ok(page.documents.length <= limit);
    keys.push(...page.documents.map(({ key }) => key));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return keys;
}
