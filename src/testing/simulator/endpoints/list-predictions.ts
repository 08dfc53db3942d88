import type { Call } from "../call.ts";
import type { Endpoint } from "../endpoint.ts";
import { toPredictionJson } from "../prediction-json.ts";
import { toPredictionState } from "../prediction-state.ts";
import type { Cursor } from "../prediction-store.ts";
import { refuse } from "../problem-response.ts";

const pageSize = 100;

/** `GET /predictions`: 100 a page, newest first, with `created_after`, `created_before` and cursors. */
export const listPredictions: Endpoint = (call, { settings, clock, predictions }) => {
  const { behaviour } = settings;
  const now = clock.now();
  const after = readTime(call, "created_after");
  const before = readTime(call, "created_before");
  // Times of creation are whole milliseconds.
  const from = after === null ? Number.NEGATIVE_INFINITY : after + (behaviour.createdAfterInclusive ? 0 : 1);
  const to = before === null ? Number.POSITIVE_INFINITY : before - (behaviour.createdBeforeInclusive ? 0 : 1);
  const query = { from, to: Math.min(to, now - behaviour.listingLagMs), cursor: readCursor(call), limit: pageSize };
  const { records, next, previous } = predictions.page(query);
  const results = records.map((record) => {
    return toPredictionJson(record, toPredictionState(record, now, settings), behaviour, call.site, behaviour.listedInput);
  });
  return Response.json({ previous: toAddress(call, previous), next: toAddress(call, next), results });
};

function readTime({ url }: Call, name: string): number | null {
  const text = url.searchParams.get(name);
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw refuse(400, `${name} must be a time in ISO 8601 format.`);
  return time;
}

function readCursor({ url }: Call): Cursor | null {
  const text = url.searchParams.get("cursor");
  if (text === null) return null;
  const [direction, createdAt, sequence] = Buffer.from(text, "base64url").toString("utf8").split(":");
  if ((direction !== "older" && direction !== "newer") || !createdAt || !sequence) throw refuse(400, "The cursor is not valid.");
  return { direction, createdAt: Number(createdAt), sequence: Number(sequence) };
}

function toAddress({ url, site }: Call, cursor: Cursor | null): string | null {
  if (cursor === null) return null;
  const address = new URL(`${site.api}/predictions${url.search}`);
  const text = `${cursor.direction}:${cursor.createdAt}:${cursor.sequence}`;
  address.searchParams.set("cursor", Buffer.from(text).toString("base64url"));
  return address.href;
}
