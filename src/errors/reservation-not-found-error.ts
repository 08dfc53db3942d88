import { RestageError } from "./restage-error.ts";
import { show } from "./show.ts";

/** A run is to be settled for which nothing was reserved. Nothing was changed. */
export class ReservationNotFoundError extends RestageError {
  static override readonly code = "reservation_not_found";
  declare readonly runId: string;

  constructor(runId: string) {
    super(`Nothing is reserved for run ${JSON.stringify(show(runId))}: reserve before settling`, { runId });
  }
}
