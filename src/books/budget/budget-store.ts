import type { OpenReservationsOptions } from "../../runs/spending.ts";

/** A budget in one of its periods, under which amounts are counted. */
export interface BudgetCounter {
  readonly budgetId: string;
  /** 1 to 100 visible ASCII characters; `createBudgets` gives `month/2026-11-01` and the like. */
  readonly period: string;
}

/** A counter that a run is reserved under, and what holds there. */
export interface ReservationLine extends BudgetCounter {
  readonly limitMicroUsd: number;
  /** Whether the limit refuses. */
  readonly isHard: boolean;
  readonly alertPercents: readonly number[];
}

/** What a run can cost, to be reserved under each of its lines, or under none. */
export interface Reservation {
  readonly runId: string;
  /** 0 to 10^12, a million dollars; `null`: not known, which reserves nothing, and is refused where nothing is left. */
  readonly microUsd: number | null;
  /** At least one; no counter twice. */
  readonly lines: readonly ReservationLine[];
}

/** A counter and what it counted, in micro-dollars. */
export interface BudgetUsage extends BudgetCounter {
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
  /** The percents that were reached, rising, delivered or not. */
  readonly alertedPercents: readonly number[];
}

/** Which alert: each is noted once. */
export interface AlertKey extends BudgetCounter {
  readonly percent: number;
}

/** That a percent was reached, with the amounts of that moment. */
export interface NotedAlert extends AlertKey {
  readonly limitMicroUsd: number;
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
  /** ISO 8601 in UTC. */
  readonly crossedAt: string;
}

/** Which alerts that were not delivered to take, and for how long nobody else gets them. */
export interface TakeAlertsOptions {
  /** 1 ms to a day, by the store's clock. */
  readonly leaseMs: number;
  /** 1 to 100. */
  readonly limit: number;
}

/** What became of a reservation. `known`: it was there already, and nothing changed. */
export type ReserveAnswer = {
  /** Those taken along, in the same statement. */
  readonly alerts: readonly NotedAlert[];
} & (
  | { readonly outcome: "reserved" | "known" }
  | {
      readonly outcome: "refused";
      /** The first counter without room, by budget and period. */
      readonly refusedBy: BudgetCounter;
      /** What was spent and reserved under it. */
      readonly committedMicroUsd: number;
    }
);

/**
 * Where amounts are counted: whole micro-dollars by budget and period. Every store passes `budgetStoreSuite` of `restage/testing`; each
 * method is all or nothing, among any number of processes. What a refusal finds is left as it was.
 */
export interface BudgetStore {
  /**
   * Reserves under all lines, where the limit of each that is hard leaves room, or under none. A run that holds a reservation keeps that one;
   * one that was settled at 0 is reserved anew. Percents that are reached are noted; `takeAlerts` takes some along.
   * @throws {InvalidBudgetError}
   * @throws {ReservationSettledError} where the run was settled at more than 0.
   */
  reserve(reservation: Reservation, takeAlerts?: TakeAlertsOptions): Promise<ReserveAnswer>;
  /**
   * Turns what a run has reserved into what it cost, be that more; `null`: as much as was reserved. Again at the same amount: nothing changes.
   * @throws {InvalidBudgetError}
   * @throws {ReservationNotFoundError}
   * @throws {ReservationSettledError} where it was settled at another amount.
   */
  settle(runId: string, microUsd: number | null, takeAlerts?: TakeAlertsOptions): Promise<readonly NotedAlert[]>;
  /**
   * The ids of runs with an open reservation, oldest first.
   * @throws {InvalidBudgetError}
   */
  open(options: OpenReservationsOptions): Promise<readonly string[]>;
  /** What these counted, in the same order, read at one moment. */
  usage(counters: readonly BudgetCounter[]): Promise<readonly BudgetUsage[]>;
  /**
   * Takes alerts that were neither delivered nor taken by somebody else: those never taken first, oldest first, then those let go, in turns.
   * @throws {InvalidBudgetError}
   */
  takeAlerts(options: TakeAlertsOptions): Promise<readonly NotedAlert[]>;
  /** Writes down that an alert was delivered, or lets go of it. */
  endAlert(key: AlertKey, isDelivered: boolean): Promise<void>;
}
