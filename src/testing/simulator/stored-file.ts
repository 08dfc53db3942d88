import { createHash } from "node:crypto";
import type { Site } from "./site.ts";

/** An uploaded file. Times are milliseconds since 1970. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly metadata: unknown;
  readonly createdAt: number;
  readonly expiresAt: number;
  deletedAt: number | null;
}

/** The uploaded files of an account. */
export interface FileStore {
  add(file: StoredFile): void;
  get(id: string, now: number): StoredFile | undefined;
  delete(id: string, now: number): boolean;
  /** Newest first. */
  list(now: number): readonly StoredFile[];
}

/** Keeps files until they are deleted or expire. */
export function createFileStore(): FileStore {
  const files = new Map<string, StoredFile>();
  const get = (id: string, now: number): StoredFile | undefined => {
    const file = files.get(id);
    return file !== undefined && fileExists(file, now) ? file : undefined;
  };
  return {
    add: (file) => {
      files.set(file.id, file);
    },
    get,
    delete(id, now) {
      const file = get(id, now);
      if (file !== undefined) file.deletedAt = now;
      return files.delete(id) && file !== undefined;
    },
    list: (now) => [...files.values()].filter((file) => fileExists(file, now)).reverse(),
  };
}

/** Whether a file could be read at a moment. */
export function fileExists({ createdAt, deletedAt, expiresAt }: StoredFile, at: number): boolean {
  return createdAt <= at && at < (deletedAt ?? Number.POSITIVE_INFINITY) && at < expiresAt;
}

/** A file as the HTTP API tells it (Replicate HTTP API docs, 2026-11). */
export function toFileJson(file: StoredFile, site: Site): Record<string, unknown> {
  const digest = (algorithm: string): string => createHash(algorithm).update(file.bytes).digest("hex");
  const sha256 = digest("sha256");
  return {
    id: file.id,
    name: file.name,
    content_type: file.contentType,
    size: file.bytes.length,
    etag: sha256.slice(0, 32),
    checksums: { sha256, md5: digest("md5") },
    metadata: file.metadata,
    created_at: new Date(file.createdAt).toISOString(),
    expires_at: new Date(file.expiresAt).toISOString(),
    urls: { get: `${site.api}/files/${file.id}` },
  };
}
