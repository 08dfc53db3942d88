import type { Disclosure } from "../runs/run.ts";
import type { RunFilter, RunStore } from "../runs/run-store.ts";

/** What a listing has to show with one staged image. Plain JSON, without anything that a customer wrote. */
export interface ListedDisclosure extends Omit<Disclosure, "stagedSha256"> {
  readonly runId: string;
  readonly projectId: string | null;
  readonly group: string | null;
  /** Which of the run's images, from 0. */
  readonly index: number;
  /** Where the staged image is kept; `null` while only the caller has it. */
  readonly stagedLocation: string | null;
  readonly stagedSha256: string;
}

/**
 * What has to be shown with each staged image of a listing, newest first: pass its `group`, or another filter of the run store.
 * @throws {InvalidRequestError} for a filter that is none.
 *
 * @example
 * ```ts
 * import { listDisclosures, memoryRunStore } from "restage";
 *
 * const runStore = memoryRunStore();
 * for await (const { statement, originalLocation, stagedLocation } of listDisclosures(runStore, { group: "listing 7" })) {
 *   console.log(stagedLocation, statement, originalLocation);
 * }
 * ```
 */
export async function* listDisclosures(
  runStore: Pick<RunStore, "list">,
  filter: Omit<RunFilter, "states" | "cursor"> = {},
): AsyncGenerator<ListedDisclosure, void> {
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const page = await runStore.list({ ...filter, states: ["succeeded"], cursor });
    for (const { id: runId, projectId, group, images, disclosure } of page.runs) {
      if (disclosure === null) continue;
      const { stagedSha256, ...shared } = disclosure;
      for (const [index, sha256] of stagedSha256.entries()) {
        yield { runId, projectId, group, index, ...shared, stagedLocation: images[index]?.location ?? null, stagedSha256: sha256 };
      }
    }
    cursor = page.cursor;
  }
}
