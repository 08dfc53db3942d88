import type { Prediction } from "../replicate/prediction.ts";

/** Between which durations most predictions of a model end, in milliseconds from their creation. */
export interface DurationRange {
  readonly lowMs: number;
  readonly highMs: number;
}

/** What a waiter knows by its own clock of when a prediction ended, in milliseconds from its creation. */
export interface SeenEnd {
  /** When it was last seen not to be done; 0 where it was never. */
  readonly atLeastMs: number;
  /** When it was seen to be done. */
  readonly atMostMs: number;
}

/** How long predictions really take, learnt from those that this client waited for. */
export interface UsualDurations {
  /** Where most predictions of a model end; `usualDurationMs` is what its definition says. */
  of(modelId: string, usualDurationMs: number): DurationRange;
  /** Takes in how long a prediction took; only one that succeeded tells. */
  learn(modelId: string, prediction: Pick<Prediction, "status" | "created_at" | "completed_at">, seen: SeenEnd): void;
}

const maximumKept = 16;
const enoughKept = 4;

/** Knows nothing yet; keeps the last 16 durations of every model. */
export function createUsualDurations(): UsualDurations {
  const kept = new Map<string, readonly number[]>();
  return {
    of(modelId, usualDurationMs) {
      const learnt = kept.get(modelId) ?? [];
      // One strange run, such as the first after a cold start, must not mislead the next: the definition has a vote until there are more.
      return toRange(learnt.length < enoughKept ? [...learnt, usualDurationMs] : learnt);
    },
    learn(modelId, { status, created_at, completed_at }, { atLeastMs, atMostMs }) {
      const toldMs = Date.parse(completed_at ?? "") - Date.parse(created_at ?? "");
      if (status !== "succeeded" || !(toldMs >= 0)) return;
      // Replicate's own clock is exact; what was seen holds a clock that runs at another speed, such as a simulator's, to the truth.
      const durationMs = Math.max(atLeastMs, Math.min(toldMs, atMostMs));
      kept.set(modelId, [...(kept.get(modelId) ?? []), durationMs].slice(-maximumKept));
    },
  };
}

// Without the extremes, once there are enough; and wider, the fewer there are.
function toRange(durationsMs: readonly number[]): DurationRange {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? 0;
  const dropped = Math.floor(sorted.length / 8);
  const medianMs = at(Math.floor(sorted.length / 2));
  const margin = 0.2 / Math.sqrt(sorted.length);
  return {
    lowMs: at(dropped) * (1 - margin),
    // Of a model that is now and then far slower, the usual runs decide.
    highMs: Math.min(at(sorted.length - 1 - dropped), medianMs * 2) * (1 + margin),
  };
}
