import { isObject } from "../basics/is-object.ts";
import type { CallKind, Throttle } from "./limiter.ts";
import { type ThrottledAnswer, toRetryAfterMs } from "./retry-after.ts";

/**
 * What a 429 said. Of low credit it tells by its text alone: "reduced to 6 requests per minute … while you have less than $5.0 in credit"
 * (Replicate HTTP API docs, 2026-11).
 */
export function toThrottle(kind: CallKind, answer: ThrottledAnswer): Throttle {
  const { body } = answer;
  const text = isObject(body) && typeof body.detail === "string" ? body.detail : "";
  const hasLowCredit = kind === "create" && /less than \$\s*\d+(?:\.\d+)?\s+(?:in|of)\s+credit/i.test(text);
  return { kind, retryAfterMs: toRetryAfterMs(answer), hasLowCredit };
}
