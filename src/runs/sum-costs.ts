import type { Cost } from "../model/price.ts";
import type { Attempt } from "./run.ts";

/**
 * What all attempts cost: one unknown makes the sum unknown, one by the table makes it an estimate; a run that never sent anything has cost
 * nothing.
 */
export function sumCosts(attempts: readonly Attempt[]): Cost {
  const costs = attempts.flatMap(({ cost }) => cost ?? []);
  const isKnown = costs.every(({ microUsd }) => microUsd !== null);
  return {
    microUsd: isKnown ? costs.reduce((sum, { microUsd }) => sum + (microUsd ?? 0), 0) : null,
    basis: costs.length > 0 && costs.every(({ basis }) => basis === "invoice") ? "invoice" : "table",
    priceVersion: costs.at(-1)?.priceVersion ?? null,
    outputs: costs.reduce((sum, { outputs }) => sum + outputs, 0),
  };
}
