import { RestageError } from "./restage-error.ts";

/** Replicate does not accept the token (HTTP 401 or 403). */
export class UnauthenticatedError extends RestageError {
  static override readonly code = "unauthenticated";

  constructor() {
    super("Replicate refuses the API token: check it at replicate.com/account/api-tokens");
  }
}
