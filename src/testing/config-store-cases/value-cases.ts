import assert from "node:assert/strict";
import type { Json } from "../../settings/json.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

const values: readonly Json[] = [
  null,
  true,
  0,
  -1.5,
  1e21,
  "",
  "qwen/qwen-image-edit",
  "Küche 🛋 'quoted' \"twice\" \\ \u2028 \n",
  [],
  {},
  [1, "two", null, { three: [4] }],
  { model_settings: { seed: null, go_fast: false, output_quality: 80 }, "": 1, "a.b": 2, ключ: "значение" },
];

/** Values go in and come out as they are, as copies. */
export const valueCases: readonly ConfigStoreCase[] = [
  {
    name: "gives back every JSON value as it was put",
    async run({ createStore }) {
      const store = await createStore();
      for (const [index, value] of values.entries()) {
        const written = await store.put(`key_${index}`, value, byTester());
        assert.deepEqual(written.value, value);
      }
      const documents = await store.getMany(values.map((_, index) => `key_${index}`));
      for (const [index, value] of values.entries()) assert.deepEqual(documents.get(`key_${index}`)?.value, value);
    },
  },
  {
    name: "keeps __proto__ and constructor inside a value as data",
    async run({ createStore }) {
      const store = await createStore();
      const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
      await store.put("key", JSON.parse(text), byTester());
      const value = (await store.getMany(["key"])).get("key")?.value as Record<string, unknown>;
      assert.deepEqual(Object.keys(value).sort(), ["__proto__", "constructor"]);
      assert.equal(Object.getPrototypeOf(value), Object.prototype);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
    },
  },
  {
    name: "leaves properties out that are undefined",
    async run({ createStore }) {
      const store = await createStore();
      await store.put("key", { seed: undefined, size: "2K" } as unknown as Json, byTester());
      assert.deepEqual((await store.getMany(["key"])).get("key")?.value, { size: "2K" });
    },
  },
  {
    name: "keeps keys of every kind apart, names of Object.prototype included",
    async run({ createStore }) {
      const store = await createStore();
      const keys = ["a", "A", "ä", "a\u0308", "🛋", "__proto__", "constructor", "toString", "project/p%/x_y", "k".repeat(255)];
      assert.equal((await store.getMany(keys)).size, 0);
      for (const key of keys) await store.put(key, { of: key }, byTester());
      const documents = await store.getMany([...keys, "a", "absent"]);
      assert.deepEqual([...documents.keys()].sort(), [...keys].sort());
      for (const key of keys) assert.deepEqual(documents.get(key)?.value, { of: key });
      assert.equal((await store.getMany([])).size, 0);
    },
  },
  {
    name: "gives copies, or what is frozen: changing a value that went in or came out changes nothing stored",
    async run({ createStore }) {
      const store = await createStore();
      const value = { list: [1], deep: { field: "first" } };
      const change = (given: unknown) => {
        const open = given as typeof value;
        // What is frozen refuses to be changed, which is as good.
        if (!Object.isFrozen(open.list)) open.list.push(2);
        if (!Object.isFrozen(open.deep)) open.deep.field = "changed";
      };
      const written = await store.put("key", value, byTester());
      change(value);
      change(written.value);
      change((await store.getMany(["key"])).get("key")?.value);
      change((await store.list("")).documents[0]?.value);
      const [newest] = (await store.history("key")).versions;
      assert.ok(newest?.deleted === false);
      change(newest.value);
      const { value: stored } = (await store.getMany(["key"])).get("key") ?? {};
      assert.deepEqual(stored, { list: [1], deep: { field: "first" } });
    },
  },
  {
    name: "keeps author, note and time of a write",
    async run({ createStore }) {
      const store = await createStore();
      const author = { id: "0B9D3A5E-1F52-4C7C-9E57-3D0F5A1B2C3D", name: "Ada Lovelace" };
      await store.put("full", 1, { author, note: "first\nsecond line" });
      await store.put("bare", 1, byTester());
      const documents = await store.getMany(["full", "bare"]);
      const [full, bare] = [documents.get("full"), documents.get("bare")];
      assert.deepEqual(full?.author, { id: author.id.toLowerCase(), name: "Ada Lovelace" });
      assert.equal(full?.note, "first\nsecond line");
      assert.deepEqual(bare?.author, { name: "Tester" });
      assert.equal(bare?.note, null);
      assert.match(String(full?.updatedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    },
  },
];
