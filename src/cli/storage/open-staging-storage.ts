import { once } from "../../basics/once.ts";
import type { RunStore } from "../../runs/run-store.ts";
import type { Spending } from "../../runs/spending.ts";
import { postgresRunStore } from "../../stores/postgres/postgres-run-store.ts";
import type { Terminal } from "../terminal.ts";
import type { Connection } from "./connection.ts";
import { deferRunStore } from "./defer-run-store.ts";
import { findObstacle } from "./find-obstacle.ts";
import { openBudgets } from "./open-books.ts";
import { openConnection, readPlace } from "./open-connection.ts";
import { isPrepared, loadPglite, openFolder } from "./open-folder.ts";
import { emptyStorage, type Storage, toStorage } from "./storage.ts";

/** Where a staging reads settings and keeps its run. */
export interface StagingStorage extends Storage {
  /** Absent: in the memory of this process. */
  readonly runStore?: RunStore;
  /** Absent: none can be set yet, or what is staged costs nothing. */
  readonly budgets?: Spending;
  /** Where runs are kept, for people; `null` where they end with the command. */
  readonly keptIn: string | null;
  /** Makes ready to write, so that what cannot be kept fails before anything is sent. */
  prepare(): Promise<unknown>;
}

/** The settings and runs of a command that stages. Throws as `openConnection` does. */
export async function openStagingStorage(command: string, isSimulated: boolean, terminal: Terminal): Promise<StagingStorage> {
  const { databaseUrl, folder } = readPlace();
  const inMemory = { keptIn: null, prepare: async () => undefined };
  if (databaseUrl !== "" || isPrepared(folder)) {
    const connection = await openConnection(command, terminal);
    const storage = { ...toStorage(connection), ...inMemory };
    // What never ran must not stand in the books of a service.
    if (databaseUrl !== "" && isSimulated) return storage;
    const budgets = isSimulated ? {} : { budgets: openBudgets(connection) };
    return { ...storage, ...budgets, runStore: postgresRunStore(connection), keptIn: connection.place };
  }
  const why = await findReason(folder);
  if (why === undefined) return makeLater(folder, command, terminal);
  terminal.note(`notice: nothing is kept: ${why}, DATABASE_URL in a database`);
  return { ...emptyStorage("memory"), ...inMemory };
}

/** Why nothing can be kept in a folder, and what helps. */
async function findReason(folder: string): Promise<string | undefined> {
  const obstacle = findObstacle(folder);
  return await loadPglite().then(
    () => obstacle && `${folder} cannot be written to (${obstacle}); RESTAGE_DATA keeps settings and runs in another folder`,
    () => `npm install @electric-sql/pglite keeps settings and runs in ${folder}`,
  );
}

/** A folder that is made for the first run, so that a mistake in the request makes none. */
function makeLater(folder: string, command: string, terminal: Terminal): StagingStorage {
  const place = `${folder} (PGlite)`;
  let connection: Connection | undefined;
  const open = once(async () => {
    connection = await openFolder(folder, command, terminal);
    return postgresRunStore(connection);
  });
  const close = async () => connection?.close();
  return { ...emptyStorage(place), runStore: deferRunStore(open), keptIn: place, prepare: open, close };
}
