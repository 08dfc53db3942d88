import { sha256 } from "../basics/sha256.ts";
import { hammingDistance } from "../images/hamming-distance.ts";
import { hashImageData } from "../images/hash-image-data.ts";
import type { ImageRecord, RunRecord } from "../runs/run.ts";
import type { RunFilter, RunStore } from "../runs/run-store.ts";

/** A run that made an image, or one that looks like it. */
export interface ImageMatch {
  readonly run: RunRecord;
  /** Which of the run's images, from 0. */
  readonly index: number;
  /**
   * What matched: the `file`, byte for byte; its `image_data`, where metadata were added or taken away; or its `looks`, where it was encoded
   * anew: a hint and no proof, since two stagings of one photo may look alike.
   */
  readonly matchedBy: "file" | "image_data" | "looks";
  /** In how many of 64 bits the looks differ; 0 for the other matches. */
  readonly distance: number;
}

/** Where an image is looked for, and how. */
export interface FindOptions {
  readonly runStore: Pick<RunStore, "list">;
  /** The function that the client was given: `perceptualHash` of `restage/images`. Default: only exact matches are found. */
  readonly perceptualHash?: ((bytes: Uint8Array) => Promise<string>) | undefined;
  /** In how many of 64 bits an image may differ from one that looks like it. Default 6. */
  readonly maximumDistance?: number | undefined;
  /** At most so many matches. Default 10, at most 1,000. */
  readonly limit?: number | undefined;
}

/**
 * Tells which run made an image that was found somewhere, also where its metadata are gone: by the file, else by its image data, else by
 * what it looks like. Best matches first; none where nothing matches.
 * @throws {InvalidRequestError} for a limit or a distance that is none.
 * @throws {InvalidImageError} {MissingPeerError} as `perceptualHash` does, where it has to be asked.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { findByHash, memoryRunStore } from "restage";
 *
 * const runStore = memoryRunStore();
 * const [match] = await findByHash(await readFile("downloaded.jpg"), { runStore });
 * console.log(match?.run.id, match?.matchedBy);
 * ```
 */
export async function findByHash(bytes: Uint8Array<ArrayBuffer>, options: FindOptions): Promise<readonly ImageMatch[]> {
  const { runStore, perceptualHash, maximumDistance = 6, limit = 10 } = options;
  const ofFile = await sha256(bytes);
  const exact = await find({ imageSha256: ofFile, limit }, (image) => image.sha256 === ofFile && { matchedBy: "file", distance: 0 });
  if (exact.length > 0) return exact;
  const ofData = await hashImageData(bytes);
  const same = await find(
    { imageSha256: ofData, limit },
    (image) => image.imageDataSha256 === ofData && { matchedBy: "image_data", distance: 0 },
  );
  if (same.length > 0 || perceptualHash === undefined) return same;
  const hash = await perceptualHash(bytes);
  return find({ perceptualHash: { hash, maximumDistance }, limit: 1_000 }, (image) => {
    const distance = image.perceptualHash === null ? 65 : hammingDistance(hash, image.perceptualHash);
    return distance <= maximumDistance && { matchedBy: "looks", distance };
  });

  /** The best matches of all pages: the newest runs need not be the ones that look most like it. */
  async function find(
    filter: RunFilter,
    match: (image: ImageRecord) => Pick<ImageMatch, "matchedBy" | "distance"> | false,
  ): Promise<readonly ImageMatch[]> {
    let best: readonly ImageMatch[] = [];
    for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
      const page = await runStore.list({ ...filter, cursor });
      const matches = page.runs.flatMap((run) =>
        run.images.flatMap((image, index) => {
          const found = match(image);
          return found ? [{ run, index, ...found }] : [];
        }),
      );
      best = [...best, ...matches].toSorted((one, other) => one.distance - other.distance).slice(0, limit);
      if (best.length === limit && best.at(-1)?.distance === 0) break;
      cursor = page.cursor;
    }
    return best;
  }
}
