import type { Answer } from "./http.ts";

/**
 * How long a throttled answer asks to wait, in milliseconds: from the Retry-After header, else `retry_after` in the body, else the
 * "~30s" in its text; `null` where it does not say. (The header is not promised: Replicate's documentation of rate limits, 2026-11.)
 */
export function toRetryAfterMs({ headers, body }: Answer): number | null {
  const { retry_after: fromBody, detail = "" } = (typeof body === "object" && body !== null ? body : {}) as {
    retry_after?: unknown;
    detail?: unknown;
  };
  const fromText = /~\s*(\d+(?:\.\d+)?)\s*s\b/.exec(String(detail))?.[1];
  const candidates = [headers.get("retry-after"), fromBody, fromText];
  const seconds = candidates
    .map((value) => (value === null || value === undefined ? Number.NaN : Number(value)))
    .find((value) => value >= 0);
  return seconds === undefined ? null : Math.ceil(seconds * 1000);
}
