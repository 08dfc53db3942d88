import { type Billed, RestageError } from "../errors/restage-error.ts";

/** A staged image cannot be written where it should go. */
export class OutputError extends RestageError {
  static override readonly code = "output";

  constructor(message: string, options: { readonly billed?: Billed; readonly cause?: unknown } = {}) {
    super(message, options);
  }
}
