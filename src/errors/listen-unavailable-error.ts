import { RestageError } from "./restage-error.ts";

/** No notification arrives: a pooler in transaction mode is in between, or the host does not answer. */
export class ListenUnavailableError extends RestageError {
  static override readonly code = "listen_unavailable";

  constructor() {
    super(
      "Notifications do not arrive, as behind a pooler in transaction mode or from a host that is silent. " +
        "Listen through a direct connection, or go without: settings are then read again by time",
    );
  }
}
