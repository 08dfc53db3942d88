import type { Terminal } from "../terminal.ts";
import type { Connection } from "./connection.ts";
import { openDatabase } from "./open-database.ts";
import { openFolder } from "./open-folder.ts";

/** Where settings and runs are kept, as the environment says: a database, or with a blank URL a folder. */
export function readPlace({ DATABASE_URL = "", RESTAGE_SCHEMA, RESTAGE_DATA }: NodeJS.ProcessEnv = process.env) {
  return { databaseUrl: DATABASE_URL.trim(), schema: RESTAGE_SCHEMA || "public", folder: RESTAGE_DATA || ".restage" };
}

/** The database of `DATABASE_URL`, else the folder. Throws as `openDatabase` and `openFolder` do. */
export function openConnection(command: string, terminal: Terminal): Promise<Connection> {
  const { databaseUrl, schema, folder } = readPlace();
  return databaseUrl === "" ? openFolder(folder, command, terminal) : openDatabase(databaseUrl, schema);
}
