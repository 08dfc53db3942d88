import { RestageError } from "../../errors/restage-error.ts";
import type { LockHolder } from "./lock-holder.ts";
import { isHere } from "./process-identity.ts";

/** Another process has the folder of settings and runs. */
export class FolderInUseError extends RestageError {
  static override readonly code = "folder_in_use";
  declare readonly folder: string;
  declare readonly pid: number;
  declare readonly host: string;
  /** ISO 8601 in UTC. */
  declare readonly since: string;
  declare readonly command: string;

  constructor(folder: string, lockPath: string, holder: LockHolder) {
    const { pid, host, since, command } = holder;
    const orphaned = isHere(holder) ? "" : `\n- if that process is gone for good, which cannot be seen from here: delete ${lockPath}`;
    super(
      `${folder} is in use: process ${pid} on ${host}, since ${since}, \`restage ${command}\`. Only one process can have it. Ways out:\n- wait until it ends\n- set DATABASE_URL: a database serves many at once${orphaned}`,
      { retryable: true, folder, pid, host, since, command },
    );
  }
}
