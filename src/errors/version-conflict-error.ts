import { RestageError } from "./restage-error.ts";

/** Somebody else changed a setting since it was read. Nothing was written. */
export class VersionConflictError extends RestageError {
  static override readonly code = "version_conflict";
  declare readonly key: string;
  /** The version that the write stood on; 0 where it expected that there is no such setting. */
  declare readonly expectedVersion: number;
  /** The version that is stored; 0 where there is no such setting. */
  declare readonly currentVersion: number;

  constructor(key: string, expectedVersion: number, currentVersion: number) {
    super(`The setting ${JSON.stringify(key)} is at version ${currentVersion}, not ${expectedVersion} (0: none): read it again`, {
      key,
      expectedVersion,
      currentVersion,
    });
  }
}
