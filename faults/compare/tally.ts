import type { ComparedStaging } from "./compare-staging.ts";

/** What a client's stagings came to, in counts. */
export interface Tally {
  readonly stagings: number;
  readonly images: number;
  readonly errors: number;
  readonly hung: number;
  readonly creates: number;
  readonly predictions: number;
  readonly paid: number;
  /** Stagings with more than one billed prediction. */
  readonly paidTwice: number;
  /** Stagings that were billed and gave no image. */
  readonly paidForNothing: number;
}

/** The counts of these stagings. */
export function toTally(stagings: readonly ComparedStaging[]): Tally {
  const count = (fits: (staging: ComparedStaging) => boolean) => stagings.filter(fits).length;
  const sum = (pick: (staging: ComparedStaging) => number) => stagings.reduce((total, staging) => total + pick(staging), 0);
  return {
    stagings: stagings.length,
    images: count(({ end }) => end === "image"),
    errors: count(({ end }) => end === "error"),
    hung: count(({ end }) => end === "hung"),
    creates: sum(({ creates }) => creates),
    predictions: sum(({ predictions }) => predictions),
    paid: sum(({ paid }) => paid),
    paidTwice: count(({ paid }) => paid > 1),
    paidForNothing: count(({ end, paid }) => paid > 0 && end !== "image"),
  };
}
