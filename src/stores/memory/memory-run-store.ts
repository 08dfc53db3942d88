import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import { checkClaim, checkLease, parseList, parsePurge } from "../../runs/check-run-call.ts";
import { makesRoom } from "../../runs/makes-room.ts";
import { type ParsedSummaryOptions, parseSummaryOptions, toSummaryCursor } from "../../runs/parse-summary-options.ts";
import { type Attempt, finalStates, type RunRecord, type RunState } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { toChanges } from "../../runs/to-changes.ts";
import { toSummary } from "../../runs/to-summary.ts";
import { toSummaryRow } from "../../runs/to-summary-row.ts";
import { compareValues } from "./compare-values.ts";
import { createRunPacker } from "./create-run-packer.ts";
import { filterFields, matchesRun, type RunTest, toEndMs } from "./matches-run.ts";
import { toPage } from "./to-page.ts";

/**
 * Runs in the memory of this process: for tests, demos and services that keep their own books. They end with the process; one that is
 * over takes less than a kilobyte. `clock` gives milliseconds since 1970, and decides when a lease is over.
 *
 * @example
 * ```ts
 * import { memoryRunStore, StagingClient } from "restage";
 *
 * const client = new StagingClient({ runStore: memoryRunStore() });
 * ```
 */
export function memoryRunStore({ clock = () => Date.now() }: { readonly clock?: (() => number) | undefined } = {}): RunStore {
  const packer = createRunPacker();
  // JSON, packed once a run is over, by place: 1, 2, 3 … in the order of creation. A place that was left is never taken again.
  const texts = new Map<number, string>();
  let lastPlace = 0;
  const places = new Map<string, number>();
  /** What no other run may have. */
  const keys = new Map<string, number>();
  const predictions = new Map<string, number>();
  /** The places of the runs that are not over. */
  const open = new Set<number>();
  /** When the others ended, in milliseconds since 1970: to look at each run would take a purge too long. */
  const ends = new Map<number, number>();

  /** A copy of the run at a place, nobody else's. */
  function read(place: number): RunRecord {
    const text = texts.get(place) as string;
    return JSON.parse(open.has(place) ? text : packer.unpack(text));
  }

  function write(place: number, run: RunRecord, before?: RunRecord): RunRecord {
    const text = JSON.stringify(run);
    // Its own copy: a name that the caller cut out of a longer text would keep all of that in memory.
    const written: RunRecord = JSON.parse(text);
    own(keys, place, toKeys(written), toKeys(before));
    own(predictions, place, toPredictions(written.attempts), toPredictions(before?.attempts));
    release(place);
    const isOver = finalStates.includes(written.state);
    if (isOver) ends.set(place, toEndMs(written));
    else open.add(place);
    texts.set(place, isOver ? packer.pack(text) : text);
    return written;
  }

  /** What stands at a place is needed no longer. */
  function release(place: number): void {
    const text = texts.get(place);
    ends.delete(place);
    if (!open.delete(place) && text !== undefined) packer.release(text);
  }

  function remove(place: number): RunRecord {
    const run = read(place);
    own(keys, place, [], toKeys(run));
    own(predictions, place, [], toPredictions(run.attempts));
    places.delete(run.id);
    release(place);
    texts.delete(place);
    return run;
  }

  function change(place: number, run: RunRecord, patch: Partial<RunRecord>, moment = clock()): RunRecord {
    return write(place, { ...run, ...patch, version: run.version + 1, updatedAt: toTime(moment) }, run);
  }

  function checkPredictions(place: number, { id, version }: Pick<RunRecord, "id" | "version">, attempts: readonly Attempt[] = []): void {
    const ids = toPredictions(attempts);
    const isTaken = ids.some((prediction, index) => (predictions.get(prediction) ?? place) !== place || ids.indexOf(prediction) < index);
    if (isTaken) throw new RunConflictError(id, version, version);
  }

  /** The places of the runs that may have one of these states, oldest first. */
  function findPlaces(states: readonly RunState[] | undefined): readonly number[] {
    const mayBeOver = states?.some((state) => finalStates.includes(state)) ?? true;
    return mayBeOver ? [...texts.keys()] : [...open].sort((a, b) => a - b);
  }

  return {
    async create({ leaseMs = null, ...run }) {
      checkLease({ leaseMs });
      const idempotencyKey = run.idempotencyKey ?? null;
      const holderPlace = idempotencyKey === null ? undefined : keys.get(idempotencyKey);
      const holder = holderPlace === undefined ? undefined : read(holderPlace);
      if (holder !== undefined && !makesRoom(holder)) {
        if (holder.fingerprint !== run.fingerprint) throw new IdempotencyConflictError(holder.id);
        return { run: holder, isNew: false };
      }
      const same = places.get(run.id);
      if (same !== undefined) throw new RunConflictError(run.id, 0, read(same).version);
      const place = lastPlace + 1;
      checkPredictions(place, { id: run.id, version: 0 }, run.attempts);
      const moment = clock();
      const createdAt = toTime(moment);
      const times = { createdAt, updatedAt: createdAt, leaseExpiresAt: toLease(moment, leaseMs) };
      const added = write(place, { ...run, version: 1, idempotencyKey, ...times });
      places.set(added.id, place);
      lastPlace = place;
      if (holderPlace !== undefined && holder !== undefined) change(holderPlace, holder, { idempotencyKey: null }, moment);
      return { run: added, isNew: true };
    },
    async get(id) {
      const place = places.get(id);
      return place === undefined ? undefined : read(place);
    },
    async update(id, expectedVersion, patch) {
      checkLease(patch);
      const place = places.get(id);
      if (place === undefined) throw new RunNotFoundError(id);
      const run = read(place);
      if (run.version !== expectedVersion) throw new RunConflictError(id, expectedVersion, run.version);
      const { leaseMs, ...changes } = toChanges(patch);
      checkPredictions(place, run, changes.attempts);
      const moment = clock();
      const lease = leaseMs === undefined ? undefined : { leaseExpiresAt: toLease(moment, leaseMs) };
      return change(place, run, { ...changes, ...lease }, moment);
    },
    async claim(options) {
      checkClaim(options);
      const { id, states, leaseMs, limit } = options;
      const moment = clock();
      const claimed: RunRecord[] = [];
      for (const place of id === undefined ? findPlaces(states) : toList(places.get(id))) {
        if (claimed.length >= limit) break;
        const run = read(place);
        const isFree = run.leaseExpiresAt === null || Date.parse(run.leaseExpiresAt) <= moment;
        if (isFree && states.includes(run.state)) {
          claimed.push(change(place, run, { leaseExpiresAt: toLease(moment, leaseMs) }, moment));
        }
      }
      return claimed;
    },
    async list(filter = {}) {
      const { limit, ...checked } = parseList(filter, (cursor) => /^[1-9]\d*$/.test(cursor) && Number(cursor) <= lastPlace);
      const { states, predictionId, cursor } = filter;
      const end = cursor === undefined ? Number.POSITIVE_INFINITY : Number(cursor);
      const candidates = predictionId === undefined ? findPlaces(states) : toList(predictions.get(predictionId));
      const places = [...candidates].reverse().filter((place) => place < end);
      const found: [number, RunRecord][] = [];
      for (const match of select(places, { ...filter, ...checked })) if (found.push(match) > limit) break;
      const { items, last } = toPage(found, limit);
      return { runs: items.map(([, run]) => run), ...(last && { cursor: String(last[0]) }) };
    },
    async summarise(options) {
      const { by, after, limit, ...wanted } = parseSummaryOptions(options);
      const groups = toSummary(selectCreated(wanted), by).filter(({ values }) => after === undefined || compareValues(values, after) > 0);
      const { items, last } = toPage(
        [...groups].sort((one, other) => compareValues(one.values, other.values)),
        limit,
      );
      const rows = items.map(({ values, sums }) => toSummaryRow(by, values, sums));
      return { rows, ...(last && { cursor: toSummaryCursor(last.values) }) };
    },
    async purge(options) {
      const { olderThanMs, projectId, limit } = parsePurge(options);
      const over = [...ends].filter(([, endMs]) => endMs < olderThanMs);
      const places = over.sort(([one, oneMs], [other, otherMs]) => oneMs - otherMs || one - other).map(([place]) => place);
      const purged: number[] = [];
      for (const [place] of select(places, { projectId })) if (purged.push(place) === limit) break;
      return purged.map(remove);
    },
  };

  /** Those of the runs at some places that pass a test. */
  function* select(places: Iterable<number>, test: RunTest): Generator<[place: number, run: RunRecord]> {
    const mayMatch = toQuickTest(test);
    for (const place of places) {
      if (!mayMatch(place)) continue;
      const run = read(place);
      if (matchesRun(run, test)) yield [place, run];
    }
  }

  /** The runs that were created in a time. */
  function* selectCreated({ sinceMs, untilMs, projectId, modelId }: Omit<ParsedSummaryOptions, "by" | "after" | "limit">) {
    for (const [, run] of select(texts.keys(), { projectId, modelId })) {
      const createdMs = Date.parse(run.createdAt);
      if ((sinceMs === undefined || createdMs >= sinceMs) && (untilMs === undefined || createdMs < untilMs)) yield run;
    }
  }

  /** Tells whether a run is worth unpacking. */
  function toQuickTest(test: RunTest): (place: number) => boolean {
    const all = [...filterFields.map((field) => test[field]), test.imageSha256].flatMap((text) => text ?? []).map(packer.lookFor);
    const any = test.states?.map(packer.lookFor);
    return (place) => {
      const text = texts.get(place) as string;
      return open.has(place) || (all.every((holds) => holds(text)) && (any?.some((holds) => holds(text)) ?? true));
    };
  }
}

/** Writes down what is the run's of a place now, and lets go of what was and nobody has taken since. */
function own(owners: Map<string, number>, place: number, names: readonly string[], before: readonly string[]): void {
  for (const name of before) if (!names.includes(name) && owners.get(name) === place) owners.delete(name);
  for (const name of names) if (!before.includes(name)) owners.set(name, place);
}

function toKeys(run: RunRecord | undefined): readonly string[] {
  return toList(run?.idempotencyKey ?? undefined);
}

function toPredictions(attempts: readonly Attempt[] = []): readonly string[] {
  return attempts.flatMap(({ predictionId }) => predictionId ?? []);
}

function toList<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}

function toLease(moment: number, leaseMs: number | null): string | null {
  return leaseMs === null ? null : toTime(moment + leaseMs);
}

function toTime(moment: number): string {
  return new Date(moment).toISOString();
}
