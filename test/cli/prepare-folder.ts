import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openPglite } from "../postgres/open-pglite.ts";

/** Makes in a folder what the command line finds at its second start, and takes seconds to make at its first. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const db = await openPglite(join(folder, "pgdata"));
  await db.close();
  await writeFile(join(folder, "ready"), "");
}
