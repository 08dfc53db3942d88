import type { RunRecord } from "../../runs/run.ts";
import type { RunFilter, RunPage, RunStore } from "../../runs/run-store.ts";

/** The newest runs that fit a filter, at most `limit` of them; `since`: only those that were made from then on, an ISO string. */
export async function listRuns(
  runStore: RunStore,
  { since = "", limit, ...filter }: Omit<RunFilter, "cursor" | "limit"> & { readonly since?: string | undefined; readonly limit: number },
): Promise<{ readonly runs: readonly RunRecord[]; readonly hasMore: boolean }> {
  // One more than is shown tells whether there are more.
  const { runs }: RunPage = await runStore.list({ ...filter, limit: limit + 1 });
  const young = runs.filter(({ createdAt }) => createdAt >= since);
  return { runs: young.slice(0, limit), hasMore: young.length > limit };
}
