import { once } from "../../basics/once.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { postgresRunStore } from "../../stores/postgres/postgres-run-store.ts";
import type { Terminal } from "../terminal.ts";
import type { Connection } from "./connection.ts";
import { deferRunStore } from "./defer-run-store.ts";
import { openConnection, readPlace } from "./open-connection.ts";
import { isPrepared, loadPglite, openFolder } from "./open-folder.ts";
import { emptyStorage, type Storage, toStorage } from "./storage.ts";

/** Where a staging reads settings and keeps its run. */
export interface StagingStorage extends Storage {
  /** Absent: in the memory of this process. */
  readonly runStore?: RunStore;
  /** Makes ready to write, so that what cannot be kept fails before anything is sent. */
  prepare(): Promise<unknown>;
}

/** The settings and runs of a command that stages. Throws as `openConnection` does. */
export async function openStagingStorage(command: string, isSimulated: boolean, terminal: Terminal): Promise<StagingStorage> {
  const { databaseUrl, folder } = readPlace();
  const prepare = async () => undefined;
  if (databaseUrl !== "" || isPrepared(folder)) {
    const connection = await openConnection(command, terminal);
    const storage = { ...toStorage(connection), prepare };
    // What never ran must not stand in the books of a service.
    return databaseUrl !== "" && isSimulated ? storage : { ...storage, runStore: postgresRunStore(connection) };
  }
  const isMissing = await loadPglite().then(
    () => false,
    () => true,
  );
  if (isMissing) {
    terminal.note(
      `notice: nothing is kept: npm install @electric-sql/pglite keeps settings and runs in ${folder}, DATABASE_URL in a database`,
    );
    return { ...emptyStorage("memory"), prepare };
  }
  return makeLater(folder, command, terminal);
}

/** A folder that is made for the first run, so that a mistake in the request makes none. */
function makeLater(folder: string, command: string, terminal: Terminal): StagingStorage {
  let connection: Connection | undefined;
  const open = once(async () => {
    connection = await openFolder(folder, command, terminal);
    return postgresRunStore(connection);
  });
  return { ...emptyStorage(`${folder} (PGlite)`), runStore: deferRunStore(open), prepare: open, close: async () => connection?.close() };
}
