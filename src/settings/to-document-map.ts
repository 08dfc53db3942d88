import type { ConfigDocument, DocumentMap } from "./config-store.ts";

/** A map of its own of these documents. */
export function toDocumentMap(
  documents: Iterable<readonly [string, ConfigDocument]>,
  outdatedSince?: string,
): Map<string, ConfigDocument> & DocumentMap {
  return Object.assign(new Map(documents), outdatedSince !== undefined && { outdatedSince });
}
