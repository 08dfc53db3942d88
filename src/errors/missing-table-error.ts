import { RestageError } from "./restage-error.ts";

/** The database has not what the stores need: their tables, columns or functions. */
export class MissingTableError extends RestageError {
  static override readonly code = "missing_table";

  /** `what` is missing: a sentence without its end. */
  constructor(what: string, cause?: unknown) {
    super(`${what}: run \`restage migrate up\`, in the schema that the stores use`, { cause });
  }
}
