import { type MicroUsd, toCost } from "../../model/price.ts";
import type { PredictionRecord, PredictionStatus } from "./prediction-record.ts";
import { toPredictionState } from "./prediction-state.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";

/** What one prediction costs. */
export interface LedgerEntry {
  readonly id: string;
  readonly modelId: string;
  readonly status: PredictionStatus;
  /** Created by the token's own requests, or by another program that shares the account. */
  readonly by: PredictionRecord["by"];
  /** The images that are billed. */
  readonly outputs: number;
  /** `null` where images are billed at an unknown price. */
  readonly microUsd: MicroUsd | null;
}

/** What the account would have been billed. */
export interface Ledger {
  /** Every prediction, billed or not, oldest first. */
  readonly entries: readonly LedgerEntry[];
  readonly outputs: number;
  /** Without what has no price. */
  readonly microUsd: MicroUsd;
}

/**
 * What the predictions cost so far: images of those that succeeded, and all planned images of those canceled while running, which
 * Replicate charges (Replicate HTTP API docs, 2026-11; how much is not said). Unfinished and aborted ones cost nothing.
 */
export function toLedger(records: readonly PredictionRecord[], now: number, settings: SimulatorSettings): Ledger {
  const entries = records.map((record) => toEntry(record, now, settings));
  const sum = (pick: (entry: LedgerEntry) => number | null): number => entries.reduce((total, entry) => total + (pick(entry) ?? 0), 0);
  return { entries, outputs: sum(({ outputs }) => outputs), microUsd: sum(({ microUsd }) => microUsd) };
}

function toEntry(record: PredictionRecord, now: number, settings: SimulatorSettings): LedgerEntry {
  const { status, startedAt, completedAt } = toPredictionState(record, now, settings);
  const isBilled =
    status === "succeeded" ||
    (status === "canceled" && startedAt !== null) ||
    (status === "failed" && startedAt !== null && settings.behaviour.chargesFailed);
  const outputs = isBilled ? record.plan.outputs : 0;
  const seconds = startedAt === null || completedAt === null ? null : (completedAt - startedAt) / 1000;
  const { id, model, by } = record;
  return { id, modelId: model.id, status, by, outputs, microUsd: outputs === 0 ? 0 : toCost(model.price, { outputs, seconds }).microUsd };
}
