import { photoProblem } from "./photo-source.ts";
import type { PredictionEnd, PredictionRecord, PredictionStatus } from "./prediction-record.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";

/** How a prediction stands at one moment. Times are milliseconds since 1970. */
export interface PredictionState {
  readonly status: PredictionStatus;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly error: string | null;
  /** How many images can be seen. */
  readonly outputs: number;
  readonly logs: string;
  /** Whether input, output and logs were deleted: an hour after the end. */
  readonly isDataRemoved: boolean;
}

/** Where a prediction ends, as far as is known by now: the first of its own end, its deadline, a cancel, the longest run. */
export function toPredictionEnd(record: PredictionRecord, settings: SimulatorSettings): PredictionEnd {
  const { plan, deadlineAt, cancelAt } = record;
  if (record.end !== null) return record.end;
  const timedOut = {
    at: plan.startsAt + settings.maximumRunMs,
    status: "failed",
    error: "Prediction timed out after 30 minutes.",
  } as const;
  const ends: PredictionEnd[] = [{ at: plan.endsAt, status: plan.status, error: plan.error }, timedOut];
  if (cancelAt !== null) {
    const status = cancelAt < plan.startsAt ? settings.behaviour.canceledBeforeStart : "canceled";
    ends.push({ at: cancelAt, status, error: null });
  }
  if (deadlineAt !== null) ends.push({ at: deadlineAt, status: deadlineAt < plan.startsAt ? "aborted" : "canceled", error: null });
  const problem = record.photos.map((photo) => photoProblem(photo, plan.startsAt)).find((found) => found !== undefined);
  if (problem !== undefined && plan.status !== "aborted") ends.push({ at: plan.startsAt, status: "failed", error: problem });
  return ends.reduce((first, end) => (end.at < first.at ? end : first));
}

/** How a prediction stands at a moment: depends on nothing else. */
export function toPredictionState(record: PredictionRecord, now: number, settings: SimulatorSettings): PredictionState {
  const { startsAt } = record.plan;
  const end = toPredictionEnd(record, settings);
  const isOver = now >= end.at;
  const hasStarted = startsAt <= Math.min(now, end.at) && end.status !== "aborted";
  const isDataRemoved = isOver && now >= end.at + settings.dataRetentionMs;
  const seen = outputTimes(record, end, settings).filter((at) => at <= now).length;
  return {
    status: isOver ? end.status : hasStarted ? "processing" : "starting",
    startedAt: hasStarted ? startsAt : null,
    completedAt: isOver ? end.at : null,
    error: isOver ? end.error : null,
    outputs: isDataRemoved ? 0 : seen,
    logs: hasStarted && !isDataRemoved ? `Using seed: ${record.seed}\nGenerating...\n` : "",
    isDataRemoved,
  };
}

/** When each image can be seen first. */
export function outputTimes(record: PredictionRecord, end: PredictionEnd, settings: SimulatorSettings): readonly number[] {
  if (end.status !== "succeeded" || end.at === Number.POSITIVE_INFINITY) return [];
  const { startsAt, outputs } = record.plan;
  const shares = {
    none: () => 1,
    complete: () => 0.9,
    partial: (index: number) => (index + 1) / (outputs + 1),
  };
  const toShare = shares[settings.behaviour.processingOutput];
  return Array.from({ length: outputs }, (_, index) => startsAt + (end.at - startsAt) * toShare(index));
}
