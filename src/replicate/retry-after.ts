import { isObject } from "../basics/is-object.ts";

/** What a 429 brought. */
export interface ThrottledAnswer {
  readonly headers: Headers;
  /** The parsed JSON; `undefined` where the answer was none. */
  readonly body: unknown;
}

/**
 * How long a throttled answer asks to wait, in milliseconds: from the Retry-After header, else `retry_after` in the body, else the
 * "~30s" in its text; `null` where it does not say. (The header is not promised: Replicate's documentation of rate limits, 2026-11.)
 */
export function toRetryAfterMs({ headers, body }: ThrottledAnswer): number | null {
  const { retry_after: fromBody, detail } = isObject(body) ? body : ({} as Readonly<Record<string, unknown>>);
  const fromText = /~\s*(\d+(?:\.\d+)?)\s*s\b/.exec(typeof detail === "string" ? detail : "")?.[1];
  // Number() alone would read "", [] and true as numbers, and "wait for ever" out of 1e999.
  const seconds = [headers.get("retry-after"), fromBody, fromText].find(
    (value) => (typeof value === "string" || typeof value === "number") && /^\s*\d{1,9}(\.\d+)?\s*$/.test(String(value)),
  );
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1000);
}
