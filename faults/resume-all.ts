import type { StagingClient } from "../src/client/staging-client.ts";
import { WaitTimeoutError } from "../src/errors/wait-timeout-error.ts";
import type { AnyModel } from "../src/model/model.ts";
import type { CanarySearch } from "./canary-search.ts";

/** What a call of `resume` came to: runs whose images it brought home, and runs that it could not bring to an end in its time. */
export interface Resumed {
  readonly home: readonly string[];
  readonly unfinished: readonly string[];
}

/** Nothing was resumed. */
export const nothingResumed: Resumed = { home: [], unfinished: [] };

/** Takes up every run that nobody holds, as a service does every minute. */
export async function resumeAll(client: StagingClient<AnyModel>, search: CanarySearch): Promise<Resumed> {
  try {
    const results = await client.resume({ limit: 1_000, concurrency: 64, timeoutMs: 3_000 });
    for (const { run, error } of results) {
      if (run === undefined) search.seeError(error);
      else search.seeText("a staged run", JSON.stringify(run));
    }
    return {
      home: results.flatMap(({ runId, run }) => (run !== undefined && run.images.length > 0 ? runId : [])),
      unfinished: results.flatMap(({ runId, error }) => (WaitTimeoutError.is(error) ? runId : [])),
    };
  } catch (error) {
    search.seeError(error);
    return nothingResumed;
  }
}
