import { RestageError } from "./restage-error.ts";

/** The connection takes LISTEN, and no notification arrives: there is a pooler in transaction mode between. */
export class ListenUnavailableError extends RestageError {
  static override readonly code = "listen_unavailable";

  constructor() {
    super(
      "Notifications do not arrive, as behind a pooler in transaction mode. " +
        "Listen through a direct connection, or go without: settings are then read again by time",
    );
  }
}
