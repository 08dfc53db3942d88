import { RestageError } from "./restage-error.ts";

/** Somebody else changed a setting since it was read. Nothing was written. */
export class VersionConflictError extends RestageError {
  static override readonly code = "version_conflict";
  readonly key: string;
  /** The version that the write stood on; 0 where it expected that there is no such setting. */
  readonly expectedVersion: number;
  /** The version that is stored; 0 where there is no such setting. */
  readonly currentVersion: number;

  constructor(key: string, expectedVersion: number, currentVersion: number) {
    const expected = expectedVersion === 0 ? "no such setting was expected" : `version ${expectedVersion} was expected`;
    const current = currentVersion === 0 ? "there is none" : `version ${currentVersion} is stored`;
    super({
      message: `The setting ${JSON.stringify(key)} was changed meanwhile: ${expected}, but ${current}. Read it again and repeat the change.`,
    });
    this.key = key;
    this.expectedVersion = expectedVersion;
    this.currentVersion = currentVersion;
  }
}
