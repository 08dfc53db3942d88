import { refuse } from "./problem-response.ts";

const longestWaitMs = 60_000;
const shortestDeadlineMs = 5_000;

/** How long a create waits, by its `Prefer: wait` or `wait=1…60` (seconds); `null` when it does not. */
export function readPreferWait(headers: Headers): number | null {
  const found = /(?:^|[,;\s])wait(?:\s*=\s*"?(\d+)"?)?(?=$|[,;\s])/i.exec(headers.get("prefer") ?? "");
  if (found === null) return null;
  const seconds = found[1];
  return seconds === undefined ? longestWaitMs : Math.min(longestWaitMs, Math.max(1, Number(seconds)) * 1000);
}

/**
 * The deadline of a create in milliseconds, by its `Cancel-After` such as `90s`, `5m` or `1h30m45s`; `null` when it has none.
 * @throws {Refusal} 400 when it cannot be read or is under 5 s.
 */
export function readCancelAfter(headers: Headers): number | null {
  const value = headers.get("cancel-after");
  if (value === null) return null;
  const [, hours, minutes, seconds] = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value.trim()) ?? [];
  const deadlineMs = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
  if (deadlineMs < shortestDeadlineMs)
    throw refuse(400, 'Cancel-After must be a duration of at least 5 seconds such as "90s", "5m" or "1h30m45s".');
  return deadlineMs;
}
