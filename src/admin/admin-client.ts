import type { WaitOptions } from "../client/client-context.ts";
import type { StageRequest } from "../client/stage-request.ts";
import type { StagedRun } from "../client/staged-run.ts";
import type { AnyModel } from "../model/model.ts";
import type { RunRecord } from "../runs/run.ts";

/** What the page's try-it needs of a `StagingClient`. */
export interface AdminClient {
  start(request: StageRequest<AnyModel>, options?: Pick<WaitOptions, "signal" | "timeoutMs">): Promise<RunRecord>;
  wait(runId: string, options?: WaitOptions): Promise<StagedRun>;
}
