import { RestageError } from "../errors/restage-error.ts";

/** The command line itself is wrong: an unknown option, a missing argument. Ends with exit code 2. */
export class UsageError extends RestageError {
  static override readonly code = "usage";

  constructor(message: string) {
    super(message);
  }
}
