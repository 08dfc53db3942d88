/** What a run may spend, as a staging asks for it: the port of the budgets in `restage/books`. */
export interface SpendingRun {
  readonly runId: string;
  readonly modelId: string;
  readonly projectId: string | null;
  /** The most that all attempts of the run can cost, in micro-dollars; `null` where the model has no price. */
  readonly microUsd: number | null;
}

/** Which reservations to look for. */
export interface OpenReservationsOptions {
  /** Reserved longer ago than so many milliseconds, by the clock of the books. */
  readonly olderThanMs: number;
  /** At most so many; 1 to 1,000. */
  readonly limit: number;
}

/** A cheaper model that a budget asks for, and the budget. */
export interface StepDown {
  readonly modelId: string;
  readonly budgetId: string;
}

/** Lets a run spend, or does not: whoever keeps budgets. Asked before anything is sent and told when the run is over. */
export interface Spending {
  /**
   * Reserves the most that a run can cost. Again while it is reserved: nothing changes. After it was released: it is reserved anew.
   * @throws {BudgetExceededError} naming the budget, what is left and when it resets; nothing is reserved.
   * @throws {UnknownPriceError} where a budget refuses models without a price; nothing is reserved.
   * @throws {ReservationSettledError} where the run was settled and had cost something: it is over.
   */
  reserve(run: SpendingRun): Promise<void>;
  /**
   * Books what a run did cost, be it more than was reserved; `null`: unknown, which counts as what was reserved; 0 releases.
   * Again, or for a run without a reservation: nothing changes.
   */
  settle(runId: string, microUsd: number | null): Promise<void>;
  /** The ids of runs whose reservation is open, oldest first: what a dead process left. The client settles those whose run is over. */
  open(options: OpenReservationsOptions): Promise<readonly string[]>;
  /** The cheaper model that a budget near its limit asks for, or `undefined`. */
  stepDown?(run: Pick<SpendingRun, "modelId" | "projectId">): Promise<StepDown | undefined>;
  /** Delivers alerts that were not delivered. Never rejects because of a receiver. */
  deliverAlerts?(): Promise<void>;
}
