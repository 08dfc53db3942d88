import type { StageRequest } from "../client/stage-request.ts";
import type { StagedRun } from "../client/staged-run.ts";
import type { Cost } from "../model/price.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { Session } from "./open-session.ts";
import type { ProgressLine } from "./progress-line.ts";
import { toInterruptedError } from "./to-interrupted-error.ts";

/**
 * Stages, showing how far it is. When the signal aborts, the waiting ends and the prediction goes on: canceling a running one would be
 * charged all the same.
 * @throws {InterruptedError} telling what goes on and what it may cost.
 */
export async function stageUntilInterrupted(
  session: Session,
  request: StageRequest<BuiltInModel>,
  estimate: Cost,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<StagedRun> {
  try {
    return await session.client.stage(request, { signal, onProgress: progress.show });
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    throw toInterruptedError(session, estimate.microUsd);
  } finally {
    progress.end();
  }
}
