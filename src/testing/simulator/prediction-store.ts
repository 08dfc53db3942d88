import type { PredictionRecord } from "./prediction-record.ts";

/** Which part of the predictions a listing wants. Times are milliseconds since 1970, both inclusive. */
export interface PredictionQuery {
  readonly from: number;
  readonly to: number;
  /** Only what is older or newer than this prediction. */
  readonly cursor: Cursor | null;
  readonly limit: number;
}

/** A place in the listing, just beyond a prediction. */
export interface Cursor {
  readonly direction: "older" | "newer";
  readonly createdAt: number;
  readonly sequence: number;
}

/** A page of a listing, newest first. */
export interface PredictionPage {
  readonly records: readonly PredictionRecord[];
  readonly next: Cursor | null;
  readonly previous: Cursor | null;
}

/** The predictions of an account. */
export interface PredictionStore {
  add(record: PredictionRecord): void;
  get(id: string): PredictionRecord | undefined;
  page(query: PredictionQuery): PredictionPage;
  /** Oldest first. */
  list(): readonly PredictionRecord[];
  /** Those whose data may still be there, in the order in which they were added. */
  readonly withData: Set<PredictionRecord>;
}

/** Keeps predictions by id and by age. */
export function createPredictionStore(): PredictionStore {
  const byId = new Map<string, PredictionRecord>();
  const byAge: PredictionRecord[] = [];
  const withData = new Set<PredictionRecord>();
  return {
    withData,
    add(record) {
      withData.add(record);
      byId.set(record.id, record);
      let index = byAge.length;
      while (index > 0 && compareAge(byAge[index - 1] as PredictionRecord, record) > 0) index -= 1;
      byAge.splice(index, 0, record);
    },
    get: (id) => byId.get(id),
    list: () => byAge,
    page({ from, to, cursor, limit }) {
      const matching = byAge.filter(({ createdAt }) => createdAt >= from && createdAt <= to).reverse();
      const [first, last] = toRange(matching, cursor, limit);
      const records = matching.slice(first, last);
      return {
        records,
        next: toCursor("older", records.at(-1), matching.at(-1)),
        previous: toCursor("newer", records[0], matching[0]),
      };
    },
  };
}

type Age = Pick<PredictionRecord, "createdAt" | "sequence">;

function compareAge(left: Age, right: Age): number {
  return left.createdAt - right.createdAt || left.sequence - right.sequence;
}

function toRange(matching: readonly Age[], cursor: Cursor | null, limit: number): readonly [first: number, last: number] {
  if (cursor === null) return [0, limit];
  const newer = matching.filter((record) => compareAge(record, cursor) > 0).length;
  if (cursor.direction === "newer") return [Math.max(0, newer - limit), newer];
  const older = matching.findIndex((record) => compareAge(record, cursor) < 0);
  return older === -1 ? [matching.length, matching.length] : [older, older + limit];
}

function toCursor(direction: Cursor["direction"], edge: Age | undefined, outermost: Age | undefined): Cursor | null {
  if (edge === undefined || edge === outermost) return null;
  return { direction, createdAt: edge.createdAt, sequence: edge.sequence };
}
