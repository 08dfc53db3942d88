import type { StageRequest } from "../client/stage-request.ts";
import type { StagedRun } from "../client/staged-run.ts";
import { type Cost, formatUsd } from "../model/price.ts";
import type { BuiltInModel } from "../models/registry.ts";
import { InterruptedError } from "./interrupted-error.ts";
import type { Session } from "./open-session.ts";
import type { ProgressLine } from "./progress-line.ts";

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

/** What an interruption leaves behind. */
export function toInterruptedError(
  { isSimulated, running }: Pick<Session, "isSimulated" | "running">,
  mayCostMicroUsd: number | null,
): InterruptedError {
  const predictionIds = [...running.values()];
  if (isSimulated) return new InterruptedError("Stopped. The simulation ended with it", { billed: "no" });
  if (predictionIds.length === 0) return new InterruptedError("Stopped before anything was sent: nothing is charged", { billed: "no" });
  const cost = mayCostMicroUsd === null ? "an unknown amount" : `up to ${formatUsd(mayCostMicroUsd)}`;
  const pages = predictionIds.map((id) => `- https://replicate.com/p/${id}`).join("\n");
  const message = `Stopped waiting. What was sent goes on at Replicate and may cost ${cost}; its images stay there for an hour:\n${pages}`;
  return new InterruptedError(message, { billed: "unknown", predictionIds });
}
