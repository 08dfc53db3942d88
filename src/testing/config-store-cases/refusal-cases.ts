import assert from "node:assert/strict";
import { InvalidSettingError } from "../../errors/invalid-setting-error.ts";
import type { ConfigWriteOptions } from "../../settings/config-store.ts";
import type { Json } from "../../settings/json.ts";
import { byTester } from "./by-tester.ts";
import type { ConfigStoreCase } from "./config-store-case.ts";

const badKeys: readonly unknown[] = ["", "k".repeat(256), "a\0b", "a\nb", "\u0085", "\ud83d", 7, null, undefined];

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const badValues: readonly unknown[] = [
  undefined,
  () => 1,
  1n,
  Number.NaN,
  { quality: Number.POSITIVE_INFINITY },
  new Date(0),
  { at: new Date(0) },
  new Map([["a", 1]]),
  [undefined],
  "a\0b",
  { "a\0b": 1 },
  { text: ["\udc00"] },
  cyclic,
  JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`),
];

const badOptions: readonly unknown[] = [
  undefined,
  {},
  { author: null },
  { author: "Ada" },
  { author: {} },
  { author: { name: " " } },
  { author: { name: "a\nb" } },
  { author: { name: "n".repeat(201) } },
  { author: { name: "Ada", id: "42" } },
  { author: { name: "Ada", id: null } },
  byTester({ note: "a\0b" }),
  byTester({ note: "n".repeat(2001) }),
  byTester({ expectedVersion: -1 }),
  byTester({ expectedVersion: 1.5 }),
  byTester({ expectedVersion: "1" as unknown as number }),
];

/** What has a wrong shape is refused with a typed error, and nothing is touched. */
export const refusalCases: readonly ConfigStoreCase[] = [
  {
    name: "refuses keys that are empty, past 255 characters or hold control or broken characters",
    async run({ createStore }) {
      const store = await createStore();
      for (const key of badKeys as readonly string[]) {
        await assertRefused(store.put(key, 1, byTester()));
        await assertRefused(store.delete(key, byTester()));
        await assertRefused(store.getMany(["good", key]));
        await assertRefused(store.history(key));
        if (key !== "") await assertRefused(store.list(key));
      }
      assert.deepEqual(await store.list(""), { documents: [] });
    },
  },
  {
    name: "refuses values that are not JSON or that a database cannot keep",
    async run({ createStore }) {
      const store = await createStore();
      for (const value of badValues as readonly Json[]) await assertRefused(store.put("key", value, byTester()));
      assert.deepEqual(await store.history("key"), { versions: [] });
    },
  },
  {
    name: "takes a value of 1 MB as JSON, and refuses one byte more",
    async run({ createStore }) {
      const store = await createStore();
      // Two bytes of quotes, and two bytes a letter.
      const largest = "ä".repeat(499_999);
      await store.put("key", largest, byTester());
      await assertRefused(store.put("key", `${largest}a`, byTester()));
      const document = (await store.getMany(["key"])).get("key");
      assert.equal(document?.version, 1);
      assert.ok(document.value === largest);
    },
  },
  {
    name: "refuses a write without an author, with an id that is no uuid, or with a broken note or version",
    async run({ createStore }) {
      const store = await createStore();
      await store.put("key", "kept", byTester());
      for (const options of badOptions as readonly ConfigWriteOptions[]) {
        await assertRefused(store.put("key", "lost", options));
        await assertRefused(store.delete("key", options));
      }
      assert.equal((await store.history("key")).versions.length, 1);
    },
  },
  {
    name: "refuses limits and cursors of a wrong shape",
    async run({ createStore }) {
      const store = await createStore();
      for (const limit of [0, -1, 1.5, 1001, Number.NaN, "1" as unknown as number]) {
        await assertRefused(store.list("", { limit }));
        await assertRefused(store.history("key", { limit }));
        await assertRefused(store.trail({ limit }));
      }
      for (const cursor of [0, -1, 1.5, Number.NaN, "1" as unknown as number]) await assertRefused(store.history("key", { cursor }));
      await assertRefused(store.list("", { cursor: 1 as unknown as string }));
      const badCursors = [
        "",
        "key",
        "1",
        "1 ",
        "0 key",
        "01 key",
        "-1 key",
        "1.5 key",
        "1\u00a0key",
        `${10 ** 9} key`,
        "1 a\0b",
        "1 \ud83d",
        1,
      ];
      for (const cursor of badCursors as readonly string[]) await assertRefused(store.trail({ cursor }));
    },
  },
];

async function assertRefused(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(InvalidSettingError.is(error), `expected an InvalidSettingError, not ${error}`);
    assert.ok(error.problems.length > 0);
    return true;
  });
}
