import type { Limit } from "./account-limits.ts";
import type { Throttle } from "./limiter.ts";

/** What is known of one limit. All times in milliseconds since 1970, by one clock. */
export interface LimitState {
  /** How many calls may be sent at once, as of `filledAt`. */
  readonly tokens: number;
  readonly filledAt: number;
  /** Nothing is sent before. */
  readonly heldUntil: number;
  /** The share of the limit that proved to be there, as of `pacedAt`. */
  readonly pace: number;
  readonly pacedAt: number;
  /** How many times in a row it was throttled. */
  readonly strikes: number;
  /** Credit was low, and is taken to be until then; 0: it was not. */
  readonly lowCreditUntil: number;
  /** For how long it is taken to be. */
  readonly lowCreditMs: number;
  /** When it was looked at last. */
  readonly seenAt: number;
}

/** How fast calls may be sent, until it has to be worked out again. */
export interface Rate {
  readonly intervalMs: number;
  /** How many calls may make up at once for time that went by unused. */
  readonly burst: number;
  readonly until: number;
}

const minuteMs = 60_000;

// In no window of a minute, fixed or sliding, more than the limit: 97 % of it, a burst of 6 of 600, and 2 % for calls that travel unevenly.
const usedShare = 0.97;
const largestBurst = 6;
// A bucket of one leaves nothing for that but the pace.
const usedLowCreditShare = 0.95;

// Another 429 within five minutes: somebody else has a part, or the limit is lower. So it goes at three quarters of the pace, and
// regains 2 % of the limit in each minute: a wrong guess costs one refused wave in several minutes. A first one may be what others
// sent before, and changes nothing but the hold.
const forgetMs = 5 * minuteMs;
const slowDown = 0.75;
const slowestPace = 0.02;
const recoveryPerMinute = 0.02;

// Of those that say nothing: 1 s, 2 s, 4 s …
const firstBackoffMs = 1_000;
const longestBackoffMs = minuteMs;
// What asks for longer is asked again after an hour.
const longestHoldMs = 60 * minuteMs;

// That credit is back shows only by trying, and a refused create costs nothing: after a minute, one create a second for 10 s. Refused
// again, the next trial comes after twice as long; else all is as before.
const firstLowCreditMs = minuteMs;
const longestLowCreditMs = 16 * minuteMs;
const trialMs = 10_000;
const trialIntervalMs = 1_000;

/** A limit of which nothing is known yet. */
export function toFreshState(now: number): LimitState {
  const nothing = { heldUntil: 0, strikes: 0, lowCreditUntil: 0, lowCreditMs: 0 };
  return { tokens: largestBurst, filledAt: now, pace: 1, pacedAt: now, seenAt: now, ...nothing };
}

/** The state by a clock that may have been put back since: what was to be waited for is waited for still, and no longer. */
export function toSeen(state: LimitState, now: number): LimitState {
  const backMs = Math.max(0, state.seenAt - now);
  if (backMs === 0) return { ...state, seenAt: now };
  const { filledAt, heldUntil, pacedAt, lowCreditUntil } = state;
  return {
    ...state,
    filledAt: filledAt - backMs,
    heldUntil: heldUntil - backMs,
    pacedAt: pacedAt - backMs,
    lowCreditUntil: lowCreditUntil - backMs,
    seenAt: now,
  };
}

/** How fast calls may be sent now. */
export function toRate(state: LimitState, now: number, { perMinute, lowCreditPerMinute }: Limit): Rate {
  const usual = {
    intervalMs: minuteMs / (perMinute * usedShare * toPace(state, now)),
    burst: Math.min(largestBurst, Math.max(1, Math.floor(perMinute / 100))),
    until: now + minuteMs,
  };
  const slower = (intervalMs: number, until: number) => ({
    intervalMs: Math.max(usual.intervalMs, intervalMs),
    burst: 1,
    until: Math.min(usual.until, until),
  });
  const { lowCreditUntil, lowCreditMs } = state;
  if (lowCreditMs === 0) return usual;
  if (now < lowCreditUntil) return slower(minuteMs / (lowCreditPerMinute * usedLowCreditShare), lowCreditUntil);
  return now < lowCreditUntil + trialMs ? slower(trialIntervalMs, lowCreditUntil + trialMs) : usual;
}

function toPace({ pace, pacedAt }: LimitState, now: number): number {
  return Math.min(1, pace + (recoveryPerMinute * Math.max(0, now - pacedAt)) / minuteMs);
}

/** Takes a grant where there is one; `waitMs` tells how long there is none, 0 where one was taken. */
export function toGrant(before: LimitState, now: number, limit: Limit): { readonly state: LimitState; readonly waitMs: number } {
  const state = toSeen(before, now);
  const { intervalMs, burst } = toRate(state, now, limit);
  const tokens = Math.min(burst, state.tokens + Math.max(0, now - state.filledAt) / intervalMs);
  // What is left of many fractions is a hair below the whole number.
  const waitMs = Math.max(0, state.heldUntil - now, tokens < 1 - 1e-9 ? (1 - tokens) * intervalMs : 0);
  return waitMs > 0 ? { state, waitMs } : { state: { ...state, tokens: tokens - 1, filledAt: now }, waitMs };
}

/** What a 429 teaches: to hold, and where they recur, to go slower. */
export function toThrottled(before: LimitState, { kind, retryAfterMs, hasLowCredit }: Throttle, now: number, limit: Limit): LimitState {
  const state = toSeen(before, now);
  // What was under way when the first was throttled belongs to it.
  const isWave = now < state.heldUntil;
  const isAgain = !isWave && state.strikes > 0 && now < state.heldUntil + forgetMs;
  const strikes = isWave ? state.strikes : isAgain ? state.strikes + 1 : 1;
  const lowCredit = kind === "create" && hasLowCredit ? toLowCredit(state, now) : {};
  const isSlower = isAgain && !hasLowCredit;
  const pace = isSlower ? Math.max(slowestPace, toPace(state, now) * slowDown) : toPace(state, now);

  const waitMs = retryAfterMs ?? Math.min(longestBackoffMs, firstBackoffMs * 2 ** (strikes - 1));
  // Somewhat later than asked for: the first that comes back would be at the very edge, and the next one over it.
  const { intervalMs } = toRate({ ...state, ...lowCredit, pace, pacedAt: now }, now, limit);
  const heldUntil = Math.max(state.heldUntil, now + Math.min(waitMs, longestHoldMs) + Math.min(1_000, 10 * intervalMs));
  // The wait is no time that went by unused: one goes first, the others follow at their pace.
  return { ...state, ...lowCredit, strikes, pace, pacedAt: heldUntil, heldUntil, tokens: 1, filledAt: heldUntil };
}

function toLowCredit({ lowCreditUntil, lowCreditMs }: LimitState, now: number): Pick<LimitState, "lowCreditUntil" | "lowCreditMs"> {
  const isKnown = now < lowCreditUntil;
  const isTrialOver = !isKnown && lowCreditMs > 0 && now < lowCreditUntil + forgetMs;
  const nextMs = isKnown ? lowCreditMs : isTrialOver ? Math.min(2 * lowCreditMs, longestLowCreditMs) : firstLowCreditMs;
  return { lowCreditMs: nextMs, lowCreditUntil: now + nextMs };
}
