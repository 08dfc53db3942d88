import { RestageError } from "./restage-error.ts";

/** The client was closed: it sends nothing more. What it sent before goes on at Replicate. */
export class ClientClosedError extends RestageError {
  static override readonly code = "client_closed";

  constructor() {
    super("The client was closed and sends nothing more: use a new StagingClient");
  }
}
