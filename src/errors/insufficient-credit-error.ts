import { RestageError } from "./restage-error.ts";

/** The account's credit is used up (HTTP 402). Trying again does not help before credit is added. */
export class InsufficientCreditError extends RestageError {
  static override readonly code = "insufficient_credit";

  constructor() {
    super("No credit left: add some at replicate.com/account/billing");
  }
}
