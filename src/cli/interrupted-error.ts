import { type Billed, RestageError } from "../errors/restage-error.ts";

/** The person at the keyboard stopped the waiting. Ends with exit code 130, as a shell expects of Ctrl-C. */
export class InterruptedError extends RestageError {
  static override readonly code = "interrupted";
  declare readonly predictionIds: readonly string[];

  constructor(message: string, { billed, predictionIds = [] }: { readonly billed: Billed; readonly predictionIds?: readonly string[] }) {
    super(message, { billed, predictionIds });
  }
}
