import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { CallKind } from "./limiter.ts";

/** The limits of an account, and how much of them is ours. */
export interface AccountLimits {
  /** Which part of the limits may be used, above 0 and at most 1: another program has the rest. Default 1. */
  readonly share?: number | undefined;
  /** How many creates the account has in a minute. Default 600 (Replicate HTTP API docs, 2026-11). */
  readonly createsPerMinute?: number | undefined;
  /** How many other calls the account has in a minute. Default 3,000 (Replicate HTTP API docs, 2026-11). */
  readonly othersPerMinute?: number | undefined;
}

/** What may be used of a limit. */
export interface Limit {
  readonly perMinute: number;
  /** While the account's credit is low. */
  readonly lowCreditPerMinute: number;
}

// Under 5 USD of credit (Replicate HTTP API docs, 2026-11).
const lowCreditCreatesPerMinute = 6;

const schema = once(() => {
  const perMinute = z.number().positive().max(1_000_000);
  return z.object({
    share: z.number().positive().max(1).default(1),
    createsPerMinute: perMinute.default(600),
    othersPerMinute: perMinute.default(3_000),
  });
});

/**
 * What may be used of each limit.
 * @throws {InvalidRequestError} naming every option that does not fit.
 */
export function parseLimits(options: AccountLimits): Readonly<Record<CallKind, Limit>> {
  const { share, createsPerMinute, othersPerMinute } = parseWith(schema(), options);
  const lowCreditPerMinute = share * lowCreditCreatesPerMinute;
  return {
    create: { perMinute: share * createsPerMinute, lowCreditPerMinute },
    other: { perMinute: share * othersPerMinute, lowCreditPerMinute },
  };
}
