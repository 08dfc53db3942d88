import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Json } from "../../src/settings/json.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";

export const author = { id: "0b9d3a5e-1f52-4c7c-9e57-3d0f5a1b2c3d", name: "Ada Lovelace" };
export const write = { author };

export const pro = "black-forest-labs/flux-kontext-pro";
export const qwen = "qwen/qwen-image-edit";
export const seedream3 = "bytedance/seedream-3";
export const seedream4 = "bytedance/seedream-4";

/** Settings over a store of their own, in which documents stand as somebody else wrote them. */
export async function settingsWith(documents: Readonly<Record<string, Json>> = {}) {
  const store = memoryConfigStore();
  for (const [key, value] of Object.entries(documents)) await store.put(key, value, { author: { name: "Another program" } });
  return { store, settings: createSettings({ store }) };
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("did not reject");
}

/** A store that writes down which of its methods are called. */
export function counting(store: ConfigStore): { readonly store: ConfigStore; readonly calls: readonly string[] } {
  const calls: string[] = [];
  const count =
    <Args extends readonly unknown[], Result>(name: string, method: (...args: Args) => Result) =>
    (...args: Args): Result => {
      calls.push(name);
      return method(...args);
    };
  const counted: ConfigStore = {
    getMany: count("getMany", store.getMany),
    list: count("list", store.list),
    put: count("put", store.put),
    delete: count("delete", store.delete),
    history: count("history", store.history),
    trail: count("trail", store.trail),
  };
  return { store: counted, calls };
}
