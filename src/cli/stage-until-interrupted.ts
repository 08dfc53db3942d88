import type { StageRequest } from "../client/stage-request.ts";
import type { StagedRun } from "../client/staged-run.ts";
import { RestageError } from "../errors/restage-error.ts";
import { WaitTimeoutError } from "../errors/wait-timeout-error.ts";
import type { Cost } from "../model/price.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { Session } from "./open-session.ts";
import type { ProgressLine } from "./progress-line.ts";
import { toInterruptedError } from "./to-interrupted-error.ts";
import { toUnkeptWording } from "./to-unkept-wording.ts";

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
    if (signal.aborted && error === signal.reason) throw toInterruptedError(session, estimate.microUsd);
    throw RestageError.is(error) ? withWayOut(error, session) : error;
  } finally {
    progress.end();
  }
}

// What was paid is found again at Replicate, for an hour with its images; where its run is kept, a command does so.
function withWayOut(error: RestageError, { running, isSimulated, storage }: Session): RestageError {
  const isKept = !isSimulated && storage.keptIn !== null;
  if (!isKept) error.message = toUnkeptWording(error.message);
  const prediction = error.runId === undefined || isSimulated ? undefined : running.get(error.runId);
  if (prediction) error.message += `\nIts prediction: https://replicate.com/p/${prediction.predictionId}`;
  if (prediction && isKept && !WaitTimeoutError.is(error)) error.message += "\n`restage runs resume` takes it up again";
  return error;
}
