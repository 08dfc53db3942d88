import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { Feedback, RunRecord } from "../runs/run.ts";
import { updateRun } from "../runs/update-run.ts";
import type { ClientContext } from "./client-context.ts";

const toSchema = once(() => z.object({ accepted: z.boolean(), reason: z.string().max(1_000).nullish() }));

/** Writes down what a person made of a run's images. */
export async function noteFeedback(
  { runStore, clock }: ClientContext,
  runId: string,
  feedback: Pick<Feedback, "accepted"> & Partial<Pick<Feedback, "reason">>,
): Promise<RunRecord> {
  const { accepted, reason = null } = parseWith(toSchema(), feedback);
  const at = new Date(clock.now()).toISOString();
  return updateRun(runStore, runId, () => ({ feedback: { accepted, reason, at } }));
}
