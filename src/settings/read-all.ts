import type { ConfigDocument, ConfigStore } from "./config-store.ts";

/** All documents of a store by key, in the order of its lists. More than 1,000 are read in pages, not at one moment. */
export async function readAll(store: ConfigStore): Promise<ReadonlyMap<string, ConfigDocument>> {
  const all = new Map<string, ConfigDocument>();
  let cursor: string | undefined;
  do {
    const page = await store.list("", { cursor, limit: 1_000 });
    for (const document of page.documents) all.set(document.key, document);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
}
