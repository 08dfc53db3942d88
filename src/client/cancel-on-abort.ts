import { cancelRun } from "./cancel-run.ts";
import type { ClientContext } from "./client-context.ts";
import type { Waiting } from "./to-pause.ts";

/**
 * Cancels a run when what ended the work on it is the abort of a caller who asked for that.
 * @throws what ended the work: the caller gets its own reason, whatever becomes of the cancel; the run remembers that it was asked for.
 */
export async function cancelOnAbort(context: ClientContext, runId: string, { cancelSignal }: Waiting, error: unknown): Promise<never> {
  if (cancelSignal?.aborted && error === cancelSignal.reason) await cancelRun(context, runId).catch(() => undefined);
  throw error;
}
