import type { Json } from "./json.ts";

/** Who made a change. */
export interface Author {
  /** A uuid, in the service's own user table. */
  readonly id?: string | undefined;
  readonly name: string;
}

/** Which version of which setting. */
export interface DocumentVersion {
  readonly key: string;
  /** 1, 2, 3 … without a gap. Deleting counts, and the numbers go on after it. */
  readonly version: number;
}

/** A setting as it is stored. */
export interface ConfigDocument extends DocumentVersion {
  readonly value: Json;
  /** `null` where another program wrote it without saying who. */
  readonly author: Author | null;
  readonly note: string | null;
  /** ISO 8601 in UTC. */
  readonly updatedAt: string;
}

/** One version in the history of a setting: what was written, or that it was deleted. */
export type ConfigVersion = (ConfigDocument & { readonly deleted: false }) | (Omit<ConfigDocument, "value"> & { readonly deleted: true });

/** What every write says. */
export interface ConfigWriteOptions {
  /** The version that the write stands on; 0: there must be none. Absent: the last write wins. */
  readonly expectedVersion?: number | undefined;
  readonly author: Author;
  /** Why, for the history: up to 2,000 characters. */
  readonly note?: string | undefined;
}

/** Which part of a list. */
export interface ListOptions {
  /** The `cursor` of the page before. */
  readonly cursor?: string | undefined;
  /** 1 to 1,000; default 100. */
  readonly limit?: number | undefined;
}

/** A part of a list, by key in code point order (`COLLATE "C"` in Postgres). */
export interface DocumentPage {
  readonly documents: readonly ConfigDocument[];
  /** Present where there are more. */
  readonly cursor?: string;
}

/** Which part of a history. */
export interface HistoryOptions {
  /** Only versions below this one: the `cursor` of the page before. */
  readonly cursor?: number | undefined;
  /** 1 to 1,000; default 100. */
  readonly limit?: number | undefined;
}

/** A part of a history, newest first. */
export interface HistoryPage {
  readonly versions: readonly ConfigVersion[];
  /** Present where there are older ones. */
  readonly cursor?: number;
}

/** Which part of the trail. */
export interface TrailOptions {
  /** The `cursor` of the page before. */
  readonly cursor?: string | undefined;
  /** 1 to 1,000; default 100. */
  readonly limit?: number | undefined;
}

/** A part of the trail: by key in code point order, each key oldest first. */
export interface TrailPage {
  readonly versions: readonly ConfigVersion[];
  /** Present where there are more. */
  readonly cursor?: string;
}

/** Documents by key, read at one moment. */
export interface DocumentMap extends ReadonlyMap<string, ConfigDocument> {
  /** Present where the store could not be read and an earlier reading stands in for it: when that was, ISO 8601 in UTC. */
  readonly outdatedSince?: string;
}

/** A setting has a new version; with `null`, changes may have been missed and everything is to be read again. */
export type ConfigChange = DocumentVersion | { readonly key: null; readonly version: null };

/**
 * Versioned documents by key: the one port under all settings. `configStoreSuite` in `restage/testing` holds every implementation
 * to it; `checkCall` gives it the checks that all of them share.
 * What a store returns is a copy, or frozen: changing it never changes the store.
 */
export interface ConfigStore {
  /**
   * The documents of these keys, read at one moment; a key without a document is not in the map.
   * @throws {InvalidSettingError} for a key that no document can have.
   */
  getMany(keys: readonly string[]): Promise<DocumentMap>;
  /**
   * The documents whose key starts with exactly this text; `""` is all.
   * @throws {InvalidSettingError} for a prefix or page of a wrong shape.
   */
  list(prefix: string, options?: ListOptions): Promise<DocumentPage>;
  /**
   * Writes a new version.
   * @throws {InvalidSettingError} for a key, value (JSON up to 1 MB), author or note of a wrong shape; nothing is touched.
   * @throws {VersionConflictError} where another version is stored than the expected one.
   */
  put(key: string, value: Json, options: ConfigWriteOptions): Promise<ConfigDocument>;
  /**
   * Deletes the document and keeps its history. Gives the version of the deletion, `null` where there was nothing to delete.
   * @throws {InvalidSettingError} for a key, author or note of a wrong shape.
   * @throws {VersionConflictError} where another version is stored than the expected one.
   */
  delete(key: string, options: ConfigWriteOptions): Promise<number | null>;
  /**
   * All versions of a key, deletions too.
   * @throws {InvalidSettingError} for a key or page of a wrong shape.
   */
  history(key: string, options?: HistoryOptions): Promise<HistoryPage>;
  /**
   * All versions of all keys, deletions and deleted keys too: the audit trail.
   * @throws {InvalidSettingError} for a page of a wrong shape.
   */
  trail(options?: TrailOptions): Promise<TrailPage>;
  /**
   * Tells of every change from now on, by whichever process, at least once. A listener that throws changes nothing.
   * Gives a function that ends it. Absent where the store cannot tell.
   */
  watch?(listener: (change: ConfigChange) => void): Promise<() => Promise<void>>;
}
