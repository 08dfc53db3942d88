import { RestageError } from "./restage-error.ts";

/** The reservation of a run was settled before: it can neither be settled at another amount nor be reserved again. Nothing was changed. */
export class ReservationSettledError extends RestageError {
  static override readonly code = "reservation_settled";
  declare readonly runId: string;
  /** What it was settled at, in micro-dollars. */
  declare readonly settledMicroUsd: number;

  constructor(runId: string, settledMicroUsd: number) {
    super(`Run ${runId} was settled at ${settledMicroUsd} micro-dollars, and stays so: a new staging has a run of its own`, {
      runId,
      settledMicroUsd,
    });
  }
}
