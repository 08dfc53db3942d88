import type { DurationRange } from "./usual-durations.ts";

/** What decides when a prediction is looked at next. */
export interface PollMoment {
  /** Milliseconds since it was created. */
  readonly elapsedMs: number;
  /** Where most predictions of its model end. */
  readonly usual: DurationRange;
  /** How many predictions this client waits for at the moment, this one among them. */
  readonly waiting: number;
}

const shortestMs = 100;
const longestMs = 15_000;

// Of the 50 calls a second that Replicate allows beside creates (its HTTP API docs, 2026-11), looks take half: the others are for photos,
// cancels and listings.
const looksPerSecond = 25;
// What is left of them when every prediction has had its first look, at the 10 creates a second that Replicate allows.
const furtherLooksPerSecond = 15;

/**
 * How long to wait before the next look at a prediction, in milliseconds: until it can be done, at most 15 s at once; then short equal
 * steps while most of its model end; then ever longer ones, up to 15 s. A run of usual length gets at most a look for every half second of
 * it, on average. All predictions together get about 25 looks a second: the more there are, the longer the steps, from 100 ms on.
 */
export function toPollDelayMs(moment: PollMoment): number {
  const {
    elapsedMs,
    usual: { lowMs, highMs },
    waiting,
  } = moment;
  const spread = (highMs - lowMs) / (highMs + lowMs || 1);
  // On average a run ends in the middle of its range: it gets (high - low) / 2 / step looks, and may have (high + low) / 2 / 500.
  const stepMs = Math.max(shortestMs, spread * 555, (waiting * spread * 1_000) / furtherLooksPerSecond);
  const shareMs = (waiting * 1_000) / looksPerSecond;
  const overdueMs = elapsedMs - highMs;
  if (overdueMs > 0) return Math.max(stepMs, shareMs, Math.min(overdueMs / 4, longestMs));
  return Math.max(stepMs, Math.min(lowMs - elapsedMs, longestMs));
}
