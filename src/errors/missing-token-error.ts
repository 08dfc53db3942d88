import { RestageError } from "./restage-error.ts";

/** There is no Replicate API token. */
export class MissingTokenError extends RestageError {
  static override readonly code = "missing_token";

  constructor() {
    super("No API token: set REPLICATE_API_TOKEN, or give { token }");
  }
}
