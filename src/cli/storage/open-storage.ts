import type { Terminal } from "../terminal.ts";
import { openConnection, readPlace } from "./open-connection.ts";
import { isPrepared, loadPglite } from "./open-folder.ts";
import { emptyStorage, type Storage, toStorage } from "./storage.ts";

/** The settings, to be changed. Throws as `openConnection` does. */
export async function openStorage(command: string, terminal: Terminal): Promise<Storage> {
  return toStorage(await openConnection(command, terminal));
}

/** The settings, to be looked at: where nothing is kept yet, looking makes no folder. Throws as `openConnection` does. */
export async function openStorageToRead(command: string, terminal: Terminal): Promise<Storage> {
  const { databaseUrl, folder } = readPlace();
  if (databaseUrl !== "" || isPrepared(folder)) return openStorage(command, terminal);
  await loadPglite();
  return emptyStorage(`${folder} (nothing is kept there yet)`);
}
