import { readPlace } from "../storage/open-connection.ts";

/** Whether runs are kept in a folder, which one process has at a time: whoever held a run there is gone. */
export function keepsInFolder(): boolean {
  return readPlace().databaseUrl === "";
}
