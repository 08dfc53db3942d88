import { NotCreatedError } from "../errors/not-created-error.ts";
import type { RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import type { AnsweredRun } from "./note-prediction.ts";
import { resolveUnknown } from "./resolve-unknown.ts";
import { settleRun } from "./settle-run.ts";
import type { Pause } from "./to-pause.ts";

/**
 * Goes on with a run whose maker is gone, and which this client has claimed. One that was never sent is aborted; one whose answer is out is
 * looked for; it is not sent again, since what was sent is not kept.
 * @throws {UnknownOutcomeError} when it cannot be told whether a prediction was created.
 * @throws {WaitTimeoutError} when the caller's time is over.
 */
export async function recoverRun(context: ClientContext, run: RunRecord, pause: Pause, lease: Lease): Promise<AnsweredRun> {
  context.emit(run, { type: "run.resumed" });
  if (run.state === "preparing") return { run: await settleRun(context, run.id, { state: "aborted", error: null, from: "preparing" }) };
  if (run.state === "running") return { run };
  const resolved = await resolveUnknown(context, run, { reason: "its sender is gone", pause, lease });
  if (!resolved.isAbsent) return resolved;
  const ending = run.cancelRequested
    ? ({ state: "aborted", error: null } as const)
    : ({ state: "failed", error: new NotCreatedError(run.id) } as const);
  return { run: await settleRun(context, run.id, { ...ending, from: "unknown" }) };
}
