import { RestageError } from "./restage-error.ts";

/** A door needs an optional package that is not installed. The message says what to install. */
export class MissingPeerError extends RestageError {
  static override readonly code = "missing_peer";
  /** The npm package to install. */
  declare readonly packageName: string;

  constructor(packageName: string, neededFor: string, cause?: unknown) {
    super(`${neededFor} needs the package "${packageName}": npm install ${packageName}`, { packageName, cause });
  }
}
