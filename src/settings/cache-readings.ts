import { systemClock } from "../basics/clock.ts";
import { deepFreeze } from "../basics/deep-freeze.ts";
import { tell } from "../basics/tell.ts";
import { answerWithin } from "./answer-within.ts";
import type { CachedConfigStoreOptions } from "./cached-config-store-options.ts";
import type { ConfigStore, DocumentMap } from "./config-store.ts";
import { toDocumentMap } from "./to-document-map.ts";

/** Readings of sets of keys, each set read at one moment. */
export interface ReadingCache {
  get(keys: readonly string[]): Promise<DocumentMap>;
  /** No reading that began before now serves this key; with `null` none serves any. */
  expire(key: string | null): void;
}

interface Reading {
  /** Readings count up in the order in which they begin. */
  readonly order: number;
  readonly at: number;
  readonly documents: DocumentMap;
}

interface KeySet {
  readonly keys: readonly string[];
  /** The newest one that succeeded. */
  kept?: Reading;
  underWay?: { readonly order: number; readonly at: number; readonly reading: Promise<Reading> } | undefined;
  /** The newest reading that had begun when one of the keys changed. */
  changedAt: number;
  failedAt: number;
}

const maximumSets = 1_000;
const never = Number.NEGATIVE_INFINITY;

/** Keeps the readings of the 1,000 sets of keys that were asked for last. See `cachedConfigStore`. */
export function cacheReadings(store: ConfigStore, options: CachedConfigStoreOptions): ReadingCache {
  const { maximumAgeMs = 5_000, timeLimitMs = 2_000, retryMs = 1_000, onError, clock = systemClock } = options;
  const sets = new Map<string, KeySet>();
  let begun = 0;

  // Distances between times, here and below, so that a clock that was set back makes nothing last.
  const since = (time: number) => Math.abs(clock.now() - time);
  const isInForce = ({ kept, changedAt }: KeySet, share = 1) => kept && kept.order > changedAt && since(kept.at) < maximumAgeMs * share;

  async function begin(set: KeySet, order: number): Promise<Reading> {
    const at = clock.now();
    const documents = await store.getMany(set.keys);
    for (const document of documents.values()) deepFreeze(document);
    const reading = { order, at, documents };
    if (order > (set.kept?.order ?? 0)) set.kept = reading;
    return reading;
  }

  /** Reads, or joins the reading that is under way: not one that a change has overtaken, nor one that hangs. */
  function refresh(set: KeySet): Promise<Reading> {
    const { underWay, kept } = set;
    if (underWay && underWay.order > set.changedAt && since(underWay.at) < timeLimitMs) return underWay.reading;
    begun += 1;
    const begunReading = begin(set, begun);
    const own = { order: begun, at: clock.now(), reading: kept ? answerWithin(timeLimitMs, clock, begunReading) : begunReading };
    set.underWay = own;
    const end = (failedAt: number) => {
      if (set.underWay === own) Object.assign(set, { underWay: undefined, failedAt });
    };
    own.reading.then(
      () => end(never),
      (error) => {
        end(clock.now());
        if (set.kept) tell(onError, error);
      },
    );
    return own.reading;
  }

  function find(keys: readonly string[]): KeySet {
    const id = JSON.stringify(keys);
    const set = sets.get(id) ?? { keys: [...keys], changedAt: 0, failedAt: never };
    // To the end: the first one is the one that was not asked for the longest.
    sets.delete(id);
    sets.set(id, set);
    if (sets.size > maximumSets) sets.delete(sets.keys().next().value as string);
    return set;
  }

  return {
    async get(keys) {
      const set = find(keys);
      const mayRead = since(set.failedAt) >= retryMs;
      if (isInForce(set)) {
        if (mayRead && !isInForce(set, 0.5)) refresh(set).catch(() => undefined);
      } else if (mayRead || !set.kept) {
        try {
          return toDocumentMap((await refresh(set)).documents);
        } catch (error) {
          if (!set.kept) throw error;
        }
      }
      const { at, documents } = set.kept as Reading;
      return toDocumentMap(documents, isInForce(set) ? undefined : new Date(at).toISOString());
    },
    expire(key) {
      for (const set of sets.values()) {
        if (key !== null && !set.keys.includes(key)) continue;
        // A notification also shows that the store is back.
        Object.assign(set, { changedAt: begun, failedAt: never });
      }
    },
  };
}
