import { systemClock } from "../../basics/clock.ts";
import { isoTime } from "../../runs/iso-time.ts";
import type { OptionTable, OptionValues } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** Which time. */
export const periodOptions = {
  since: { type: "string", placeholder: "TIME", description: "From when on: 30d, 12h, or a day such as 2026-04-01; default 30d" },
  until: { type: "string", placeholder: "TIME", description: "Up to when, likewise; default: now" },
} as const satisfies OptionTable;

const unitsMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * The time that was asked for, as ISO strings; without `until`, up to now.
 * @throws {UsageError} when one is no time, or they are the wrong way round.
 */
export function readPeriod(
  { since = "30d", until }: OptionValues<typeof periodOptions>,
  nowMs = systemClock.now(),
): { readonly since: string; readonly until?: string } {
  const sinceMs = readTime("--since", since, nowMs);
  const untilMs = until === undefined ? undefined : readTime("--until", until, nowMs);
  if (sinceMs >= (untilMs ?? nowMs)) throw new UsageError(`--since must be before ${until === undefined ? "now" : "--until"}`);
  const toIso = (time: number) => new Date(time).toISOString();
  return { since: toIso(sinceMs), ...(untilMs !== undefined && { until: toIso(untilMs) }) };
}

function readTime(name: string, text: string, nowMs: number): number {
  const [, count, unit = ""] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  if (count !== undefined) return nowMs - Number(count) * (unitsMs[unit] as number);
  const { data } = isoTime().safeParse(text);
  if (data !== undefined) return data;
  throw new UsageError(`${name} takes a time such as 30d, 12h or 2026-04-01; not ${JSON.stringify(text)}`);
}
