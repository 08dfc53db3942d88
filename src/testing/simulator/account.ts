import type { MicroUsd } from "../../model/price.ts";
import { toLedger } from "./ledger.ts";
import type { PredictionStore } from "./prediction-store.ts";
import type { SimulatorClock } from "./simulator-clock.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";

/** The money of the simulated account. */
export interface Account {
  /** What is left of the credit; `null` when there is plenty. */
  remainingMicroUsd(): MicroUsd | null;
  /** Whether creates are throttled: under 5 USD (Replicate HTTP API docs, 2026-11). */
  hasLowCredit(): boolean;
  addCredit(microUsd: MicroUsd): void;
}

const lowCreditMicroUsd = 5_000_000;

/** An account that pays what its predictions cost. */
export function createAccount(settings: SimulatorSettings, predictions: PredictionStore, clock: SimulatorClock): Account {
  let credit = settings.creditMicroUsd;
  const remaining = (): MicroUsd | null => {
    return credit === null ? null : credit - toLedger(predictions.list(), clock.now(), settings).microUsd;
  };
  return {
    remainingMicroUsd: remaining,
    hasLowCredit: () => (remaining() ?? Number.POSITIVE_INFINITY) < lowCreditMicroUsd,
    addCredit: (microUsd) => {
      if (credit !== null) credit += microUsd;
    },
  };
}
