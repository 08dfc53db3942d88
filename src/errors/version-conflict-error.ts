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
    const versions = `version ${expectedVersion} was expected, ${currentVersion} is stored (0: there is none)`;
    super(
      { message: `The setting ${JSON.stringify(key)} was changed meanwhile: ${versions}. Read it again and repeat the change.` },
      { key, expectedVersion, currentVersion },
    );
  }
}
