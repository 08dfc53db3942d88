import type { RunRecord } from "../../runs/run.ts";
import type { RunPage, RunStore } from "../../runs/run-store.ts";
import { simulatedGroup } from "../open-session.ts";

/** All runs of the simulator that are kept, which only a folder has: nobody pays for them, and Replicate never had them. */
export async function listSimulated(runStore: RunStore): Promise<readonly RunRecord[]> {
  const simulated: RunRecord[] = [];
  let page: RunPage | undefined;
  do {
    page = await runStore.list({ group: simulatedGroup, limit: 1_000, cursor: page?.cursor });
    simulated.push(...page.runs);
  } while (page.cursor !== undefined);
  return simulated;
}
