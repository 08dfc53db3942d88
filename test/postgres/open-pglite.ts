import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { inject } from "vitest";

/** An empty PGlite, in memory or in a folder. To make one anew takes seconds: the first of a run is kept, the others begin as copies of it. */
export async function openPglite(folder?: string): Promise<PGlite> {
  const path = join(inject("programs"), "pglite.tar");
  if (!existsSync(path)) await keepNew(path);
  const loadDataDir = new Blob([await readFile(path)]);
  return folder === undefined ? PGlite.create({ loadDataDir }) : PGlite.create(folder, { loadDataDir });
}

async function keepNew(path: string): Promise<void> {
  const db = await PGlite.create();
  const bytes = await (await db.dumpDataDir("none")).arrayBuffer();
  await db.close();
  // Never seen half written by the other worker.
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, new Uint8Array(bytes));
  await rename(partial, path);
}
