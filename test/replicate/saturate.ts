import type { CallKind, Limiter } from "../../src/replicate/limiter.ts";
import { createFixedWindow, createSlidingWindow, createTokenBucket, type RateLimit } from "../../src/testing/simulator/rate-limit.ts";
import type { VirtualClock } from "./create-virtual-clock.ts";

export const minute = 60_000;

/** The three ways in which a minute's calls may be counted. */
export const countings: readonly (readonly [name: string, create: (limit: number) => RateLimit])[] = [
  ["a fixed window", (limit) => createFixedWindow(limit, minute)],
  ["a sliding window", (limit) => createSlidingWindow(limit, minute)],
  ["a token bucket", (limit) => createTokenBucket(limit, minute, Math.max(1, limit / 10))],
];

/** What callers saw who send whatever they may. */
export interface Traffic {
  /** When calls were granted. */
  readonly sent: number[];
  /** When calls were counted, and nothing said against them. */
  readonly taken: number[];
  /** Each 429: when it was heard, and until when it asked to wait. */
  readonly refused: { readonly at: number; readonly until: number }[];
}

export interface SaturateOptions {
  readonly limiter: Limiter;
  readonly clock: VirtualClock;
  readonly server: RateLimit;
  readonly kind?: CallKind;
  readonly callers?: number;
  readonly random?: () => number;
  /** Whether a 429 tells how long to wait. */
  readonly tells?: boolean;
  readonly hasLowCredit?: () => boolean;
}

/** Callers that send as much as they may, over ways of uneven length, until the clock is stopped. */
export function saturate(options: SaturateOptions): Traffic {
  const { limiter, clock, server, kind = "create", callers = 20, random = () => 0.5, tells = true, hasLowCredit = () => false } = options;
  const traffic: Traffic = { sent: [], taken: [], refused: [] };
  const travel = () => clock.sleep(10 + random() * 150);
  const call = async (): Promise<never> => {
    for (;;) {
      await limiter.acquire(kind);
      traffic.sent.push(clock.now());
      await travel();
      const answer = server.take(clock.now());
      const seconds = answer.granted ? 0 : Math.ceil((answer.retryAt - clock.now()) / 1_000);
      if (answer.granted) traffic.taken.push(clock.now());
      await travel();
      if (answer.granted) continue;
      traffic.refused.push({ at: clock.now(), until: clock.now() + (tells ? seconds * 1_000 : 0) });
      await limiter.throttled({ kind, retryAfterMs: tells ? seconds * 1_000 : null, hasLowCredit: hasLowCredit() });
    }
  };
  for (let index = 0; index < callers; index += 1) void call();
  return traffic;
}

/** How many were sent although a 429 that was heard before asked to wait. */
export function countTooEarly({ sent, refused }: Traffic): number {
  return sent.filter((time) => refused.some(({ at, until }) => time > at && time < until)).length;
}

/** How many times were within these. */
export function countWithin(times: readonly number[], from: number, to: number): number {
  return times.filter((time) => time >= from && time < to).length;
}

/** 429s with no more than a pause between them count as one: what was under way belongs to it. */
export function countWaves({ refused }: Traffic, pauseMs = 2_000): number {
  return refused.filter(({ at }, index) => index === 0 || at - (refused[index - 1]?.at ?? 0) > pauseMs).length;
}

/** Repeatable numbers from 0 up to, not including, 1. */
export function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
