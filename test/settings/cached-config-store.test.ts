import { describe, expect, it } from "vitest";
import { StoreTimeoutError } from "../../src/errors/store-timeout-error.ts";
import { cachedConfigStore } from "../../src/settings/cached-config-store.ts";
import type { CachedConfigStoreOptions } from "../../src/settings/cached-config-store-options.ts";
import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { configStoreSuite } from "../../src/testing/config-store-suite.ts";
import { createGatedStore } from "./gated-store.ts";
import { pro, qwen, rejection, write } from "./helpers.ts";
import { createManualClock, settled } from "./manual-clock.ts";

describe("cachedConfigStore keeps the suite", () => {
  for (const { name, run } of configStoreSuite) it(name, () => run({ createStore: () => cachedConfigStore(memoryConfigStore()) }));
});

const away = new Error("ECONNREFUSED");

function setUp({ watch, ...options }: CachedConfigStoreOptions & { readonly watch?: "watch" } = {}) {
  const clock = createManualClock();
  const gated = createGatedStore(watch);
  const errors: unknown[] = [];
  const store = cachedConfigStore(gated.store, { clock, onError: (error) => errors.push(error), ...options });
  const read = async (key = "a") => {
    const documents = await store.getMany([key]);
    return [documents.get(key)?.value, documents.outdatedSince] as const;
  };
  const put = (value: number, key = "a") => gated.inner.put(key, value, write);
  const tell = (key: string | null) => {
    for (const listener of gated.listeners) listener(key === null ? { key, version: null } : { key, version: 1 });
  };
  return { clock, gated, errors, store, read, put, tell };
}

it("reads once for all who ask at the same time, and for each set of keys by itself", async () => {
  const { gated, store, read, put } = setUp();
  await put(1);
  gated.isOpen = false;
  const readings = Promise.all(Array.from({ length: 100 }, () => read()));
  const both = store.getMany(["a", "b"]);
  await settled();
  expect(gated.readings.map(({ keys }) => keys)).toEqual([["a"], ["a", "b"]]);
  for (const reading of [...gated.readings]) reading.pass();
  expect(new Set((await readings).map(([value]) => value))).toEqual(new Set([1]));
  expect((await both).size).toBe(1);
  expect(gated.count).toBe(2);
});

it.each([
  ["tells of no changes", undefined],
  ["could tell of changes", "watch"],
] as const)("serves for 5 seconds where the store %s, reads again in the background from half of that on", async (_, watch) => {
  const { clock, gated, read, put, store } = setUp(watch && { watch });
  await store.getMany([]);
  await settled();
  await put(1);
  await read();
  await put(2);
  const before = gated.count;
  await clock.advance(2_499);
  expect(await read()).toEqual([1, undefined]);
  expect(gated.count).toBe(before);
  await clock.advance(1);
  expect(await read()).toEqual([1, undefined]);
  await settled();
  expect(gated.count).toBe(before + 1);
  expect(await read()).toEqual([2, undefined]);
  await put(3);
  await clock.advance(5_000);
  expect(await read()).toEqual([3, undefined]);
});

it("is not held up by a clock that is set back", async () => {
  const { clock, read, put } = setUp();
  await put(1);
  await read();
  await put(2);
  await clock.advance(-3_600_000);
  expect(await read()).toEqual([2, undefined]);
});

describe("a change", () => {
  it("that the store tells of is read at once, and no other set of keys with it", async () => {
    const { gated, read, put, tell } = setUp({ watch: "watch" });
    await put(1);
    await read();
    await read("b");
    await put(2);
    tell("a");
    expect(await read()).toEqual([2, undefined]);
    await read("b");
    expect(gated.count).toBe(3);
    tell(null);
    await read();
    await read("b");
    expect(gated.count).toBe(5);
  });

  it("overtakes a reading that is under way: it is neither kept nor joined", async () => {
    const { gated, read, put, tell } = setUp({ watch: "watch" });
    await put(1);
    await read();
    tell("a");
    gated.isOpen = false;
    const before = read();
    await settled();
    const answer = gated.readings[0]?.read();
    await put(2);
    tell("a");
    const after = read();
    await settled();
    expect(gated.readings).toHaveLength(1);
    gated.readings[0]?.pass();
    expect(await after).toEqual([2, undefined]);
    // The older reading comes last, and changes nothing.
    answer?.();
    expect(await before).toEqual([1, undefined]);
    gated.isOpen = true;
    expect(await read()).toEqual([2, undefined]);
    expect(gated.count).toBe(3);
  });

  it("leaves the newer reading alone when the overtaken one fails", async () => {
    const { gated, errors, read, put, tell } = setUp({ watch: "watch" });
    await put(1);
    await read();
    await settled();
    tell("a");
    gated.isOpen = false;
    const before = read();
    await settled();
    tell("a");
    const after = read();
    await settled();
    gated.readings[0]?.fail(away);
    expect((await before)[1]).toMatch(/Z$/);
    const joined = read();
    await settled();
    expect(gated.readings).toHaveLength(1);
    gated.readings[0]?.pass();
    expect(await Promise.all([after, joined])).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
    expect(errors).toEqual([away]);
  });

  it("that is written through the cache is read at once, also where its answer was lost", async () => {
    const { gated, store, read } = setUp();
    await read();
    await store.put("a", 1, write);
    expect(await read()).toEqual([1, undefined]);
    await store.delete("a", write);
    expect(await read()).toEqual([undefined, undefined]);
    const lossy: ConfigStore = {
      ...gated.store,
      async put(...call) {
        await gated.inner.put(...call);
        throw away;
      },
    };
    const cached = cachedConfigStore(lossy);
    await cached.getMany(["a"]);
    expect(await rejection(cached.put("a", 2, write))).toBe(away);
    expect((await cached.getMany(["a"])).get("a")?.value).toBe(2);
  });

  it("is read by a listener of the cache that reads when it is told", async () => {
    const store = cachedConfigStore(memoryConfigStore());
    await store.getMany(["a"]);
    const read = new Promise((resolve) => store.watch?.(async () => resolve((await store.getMany(["a"])).get("a")?.value)));
    await settled();
    await store.put("a", 7, write);
    expect(await read).toBe(7);
  });
});

describe("while the store cannot be read", () => {
  it("the last good reading stands in, says since when, and is tried again once a second", async () => {
    const { clock, gated, errors, read, put } = setUp();
    await put(1);
    await read();
    const readAt = new Date(clock.now()).toISOString();
    await put(2);
    gated.isOpen = false;
    await clock.advance(5_000);
    const first = Promise.all([read(), read()]);
    await settled();
    gated.readings[0]?.fail(away);
    expect(await first).toEqual([
      [1, readAt],
      [1, readAt],
    ]);
    expect(errors).toEqual([away]);
    await clock.advance(999);
    expect(await read()).toEqual([1, readAt]);
    expect(gated.count).toBe(2);
    await clock.advance(1);
    const again = read();
    await settled();
    gated.readings[0]?.fail(away);
    expect(await again).toEqual([1, readAt]);
    gated.isOpen = true;
    await clock.advance(1_000);
    expect(await read()).toEqual([2, undefined]);
  });

  it("a reading that is young enough says nothing of it", async () => {
    const { clock, gated, errors, read, put } = setUp();
    await put(1);
    await read();
    gated.isOpen = false;
    await clock.advance(2_500);
    expect(await read()).toEqual([1, undefined]);
    gated.readings[0]?.fail(away);
    await settled();
    expect(await read()).toEqual([1, undefined]);
    expect(errors).toEqual([away]);
    expect(gated.readings).toHaveLength(0);
  });

  it("a change that is told of is looked for at once, however short ago it failed", async () => {
    const { clock, gated, read, put, tell } = setUp({ watch: "watch" });
    await put(1);
    await read();
    await settled();
    tell(null);
    gated.isOpen = false;
    const failed = read();
    await settled();
    gated.readings[0]?.fail(away);
    expect((await failed)[1]).toBe(new Date(clock.now()).toISOString());
    gated.isOpen = true;
    await put(2);
    tell(null);
    expect(await read()).toEqual([2, undefined]);
  });

  it("a first reading throws what the store throws, and the next one tries again", async () => {
    const { gated, errors, read } = setUp();
    gated.isOpen = false;
    const first = Promise.all([rejection(read()), rejection(read())]);
    await settled();
    gated.readings[0]?.fail(away);
    expect(await first).toEqual([away, away]);
    expect(errors).toEqual([]);
    gated.isOpen = true;
    expect(await read()).toEqual([undefined, undefined]);
  });

  it("nobody waits for an answer that does not come, and a late one still counts", async () => {
    const { clock, gated, errors, read, put } = setUp();
    await put(1);
    await read();
    await put(2);
    gated.isOpen = false;
    await clock.advance(5_000);
    const waiting = read();
    await clock.advance(2_000);
    expect((await waiting)[0]).toBe(1);
    expect(StoreTimeoutError.is(errors[0]) && errors[0].message).toContain("2000 ms");
    await clock.advance(1_000);
    const next = read();
    await settled();
    expect(gated.readings).toHaveLength(2);
    gated.readings[0]?.pass();
    await settled();
    expect(await read()).toEqual([2, undefined]);
    await put(3);
    gated.readings[0]?.pass();
    expect(await next).toEqual([3, undefined]);
    expect(await read()).toEqual([3, undefined]);
  });

  it("a first reading that hangs is not joined for ever", async () => {
    const { clock, gated, read } = setUp();
    gated.isOpen = false;
    const hanging = read();
    await clock.advance(2_000);
    gated.isOpen = true;
    expect(await read()).toEqual([undefined, undefined]);
    gated.readings[0]?.pass();
    expect(await hanging).toEqual([undefined, undefined]);
  });
});

describe("the watch", () => {
  it("that cannot be begun leaves it to time, and is tried again later and later", async () => {
    const { clock, gated, errors } = setUp();
    let [tries, works] = [0, false];
    const watch: Required<ConfigStore>["watch"] = async (listener) => {
      tries += 1;
      if (!works) throw away;
      gated.listeners.add(listener);
      return async () => undefined;
    };
    const store = cachedConfigStore({ ...gated.store, watch }, { clock, onError: (error) => errors.push(error) });
    const seconds: number[] = [];
    for (let second = 0; second <= 300; second += 1) {
      const before = tries;
      await store.getMany(["a"]);
      await settled();
      if (tries > before) seconds.push(second);
      await clock.advance(1_000);
    }
    expect(seconds).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242]);
    expect(errors).toHaveLength(tries);
    works = true;
    await clock.advance(60_000);
    await store.getMany(["a"]);
    await settled();
    expect(gated.listeners.size).toBe(1);
  });

  it("ends with close; reading goes on by time", async () => {
    const { clock, gated, store, read, put } = setUp({ watch: "watch" });
    await put(1);
    await read();
    expect(gated.listeners.size).toBe(1);
    await Promise.all([store.close(), store.close()]);
    expect(gated.listeners.size).toBe(0);
    await put(2);
    await clock.advance(5_000);
    expect(await read()).toEqual([2, undefined]);
    expect(gated.listeners.size).toBe(0);
  });

  it("that has not begun yet is not waited for by close, and ends when it begins", async () => {
    const { gated } = setUp();
    let isStopped = false;
    let begin = () => undefined as unknown;
    const watching = new Promise<() => Promise<void>>((resolve) => {
      begin = () =>
        resolve(async () => {
          isStopped = true;
        });
    });
    const store = cachedConfigStore({ ...gated.store, watch: () => watching });
    await store.getMany(["a"]);
    await store.close();
    begin();
    await settled();
    expect(isStopped).toBe(true);
  });

  it("is not begun before the first reading, nor where the store has none", async () => {
    const { gated, store } = setUp({ watch: "watch" });
    await store.list("");
    expect(gated.listeners.size).toBe(0);
    expect(setUp().store.watch).toBeUndefined();
    await setUp().store.close();
  });
});

describe("settings over a cache", () => {
  it("cost one query when they are read first, and then none", async () => {
    const { gated, store } = setUp();
    const settings = createSettings({ store });
    await gated.inner.put("project/p/active_model", pro, write);
    for (let time = 0; time < 3; time += 1) expect((await settings.explain({ projectId: "p" })).modelId).toBe(pro);
    expect(gated.count).toBe(1);
  });

  it("keep unknown fields that another release wrote since they were read", async () => {
    const { gated, store } = setUp();
    const settings = createSettings({ store });
    await settings.explain();
    await gated.inner.put("model_config_qwen", { modelId: qwen, config: { turbo: 1 } }, write);
    await settings.saveConfig(qwen, { output_quality: 50 }, write);
    const documents = await gated.inner.getMany(["model_config_qwen"]);
    expect(documents.get("model_config_qwen")?.value).toEqual({ modelId: qwen, config: { output_quality: 50, turbo: 1 } });
  });
});

it("hands out what no caller can change for another", async () => {
  const { gated, store } = setUp();
  await gated.inner.put("a", { modelId: "x", config: { list: [1] } }, write);
  const documents = (await store.getMany(["a"])) as Map<string, never>;
  const { value, author } = documents.get("a") as unknown as { value: { config: { list: number[] } }; author: object };
  expect(() => value.config.list.push(2)).toThrow(TypeError);
  expect(Object.isFrozen(author)).toBe(true);
  documents.clear();
  expect((await store.getMany(["a"])).size).toBe(1);
});

it("keeps the 1,000 sets that were asked for last", async () => {
  const { gated, read } = setUp();
  for (let index = 0; index < 1_000; index += 1) await read(`key_${index}`);
  await read("key_0");
  expect(gated.count).toBe(1_000);
  await read("one more");
  await read("key_0");
  expect(gated.count).toBe(1_001);
  await read("key_1");
  expect(gated.count).toBe(1_002);
});
