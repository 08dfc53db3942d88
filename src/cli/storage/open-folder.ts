import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RestageError } from "../../errors/restage-error.ts";
import { fromPglite } from "../../stores/postgres/from-pglite.ts";
import { migrate } from "../../stores/postgres/migrate.ts";
import type { Terminal } from "../terminal.ts";
import type { Connection } from "./connection.ts";
import { FolderUnusableError } from "./folder-unusable-error.ts";
import { loadPeer } from "./load-peer.ts";
import { lockFolder } from "./lock-folder.ts";

const readyMark = "ready";

/** Whether a folder holds settings and runs. */
export function isPrepared(folder: string): boolean {
  return existsSync(join(folder, readyMark));
}

/**
 * A PostgreSQL of this process's own (PGlite) in a folder, made and migrated where it is missing.
 * @throws {MissingPeerError} when PGlite is not installed.
 * @throws {FolderInUseError} when another process has the folder.
 * @throws {FolderUnusableError} when it cannot be made, written to or read.
 */
export async function openFolder(folder: string, command: string, terminal: Terminal): Promise<Connection> {
  const { PGlite } = await loadPglite();
  let release = () => {};
  try {
    // Only a folder of our own making is kept out of git.
    const made = mkdirSync(folder, { recursive: true });
    if (made !== undefined) writeFileSync(join(folder, ".gitignore"), "*\n");
    release = lockFolder(folder, command);
    const data = join(folder, "pgdata");
    if (!isPrepared(folder)) {
      terminal.redraw(`Preparing ${folder}, once: a few seconds …`);
      clearUnfinished(folder, data);
    }
    const db = await PGlite.create(data);
    const close = async () => {
      await db.close();
      release();
    };
    const sql = fromPglite(db);
    await migrate({ sql }).catch(async (error) => {
      await close();
      throw error;
    });
    writeFileSync(join(folder, readyMark), "");
    return { sql, schema: "public", place: `${folder} (PGlite)`, close };
  } catch (error) {
    release();
    throw RestageError.is(error) ? error : new FolderUnusableError(folder, error);
  } finally {
    terminal.redraw("");
  }
}

/** @throws {MissingPeerError} when PGlite is not installed. */
export function loadPglite(): Promise<typeof import("@electric-sql/pglite")> {
  return loadPeer("@electric-sql/pglite", "keeping settings and runs without a DATABASE_URL", () => import("@electric-sql/pglite"));
}

/** What an earlier attempt left that was stopped midway holds nothing yet, and could not be opened. What others put there is not touched. */
function clearUnfinished(folder: string, data: string): void {
  const mark = join(folder, "unfinished");
  if (existsSync(mark)) rmSync(data, { recursive: true, force: true });
  else if (existsSync(data)) throw new Error(`${data} is there and was not made by restage`);
  writeFileSync(mark, "");
}
