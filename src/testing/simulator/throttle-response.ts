import type { ThrottleTell } from "./unestablished-behaviour.ts";

const lowCreditText =
  "Your rate limit for creating predictions is reduced to 6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit.";

/** 429 as Replicate tells it (Replicate HTTP API docs, 2026-11), as far as it tells how long to wait. */
export function toThrottleResponse(seconds: number, tells: readonly ThrottleTell[], hasLowCredit = false): Response {
  const reset = tells.includes("text") ? ` Your rate limit resets in ~${seconds}s.` : "";
  const detail = `Request was throttled.${hasLowCredit ? ` ${lowCreditText}` : ""}${reset}`;
  return Response.json(
    { detail, status: 429, ...(tells.includes("body") ? { retry_after: seconds } : {}) },
    { status: 429, headers: tells.includes("header") ? { "retry-after": String(seconds) } : {} },
  );
}

/** A wait in seconds as a 429 tells it: whole ones, or thousandths where time is scaled, which would vanish in a whole second. */
export function toRetrySeconds(waitMs: number, timeScale: number): number {
  return timeScale === 1 ? Math.max(1, Math.ceil(waitMs / 1000)) : Math.max(1, Math.ceil(waitMs)) / 1000;
}
