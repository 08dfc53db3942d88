import { z } from "../basics/z.ts";

// What the zone moves past the last year of four digits stays within it: those beyond have another form.
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A schema of times as callers give them, ISO 8601 with a zone, or a day alone for its beginning in UTC. Gives milliseconds since 1970. */
export function isoTime() {
  return z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], "must be an ISO time, such as 2026-04-01T00:00:00Z")
    .transform((time) => Math.min(Date.parse(time), latestMs));
}
