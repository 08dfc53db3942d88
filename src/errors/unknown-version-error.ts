import { RestageError } from "./restage-error.ts";

/** A setting has no such version to go back to. */
export class UnknownVersionError extends RestageError {
  static override readonly code = "unknown_version";
  declare readonly key: string;
  declare readonly version: number;

  constructor(key: string, version: number) {
    super(`The setting ${JSON.stringify(key)} has no version ${version}: see settings.history(…)`, { key, version });
  }
}
