import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { parseWith } from "../../errors/parse-with.ts";
import { isoTime } from "../../runs/iso-time.ts";
import type { Period } from "./read-attempts.ts";

const schema = once(() => z.object({ since: isoTime(), until: isoTime().optional() }));

/**
 * The time that was asked for. `untilMs`: its end where none was named.
 * @throws {InvalidRequestError} when one is no time, or they are the wrong way round.
 */
export function parsePeriod(asked: { readonly since: string; readonly until?: string | undefined }, untilMs: number): Period {
  const ordered = schema()
    .transform(({ since, until = untilMs }) => ({ sinceMs: since, untilMs: until }))
    .refine((period) => period.sinceMs < period.untilMs, { path: ["until"], message: "must be after since" });
  return parseWith(ordered, asked);
}
