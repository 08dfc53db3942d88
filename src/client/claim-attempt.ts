import { type Attempt, finalStates, type Mark, type RunRecord } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";
import type { Lease } from "./create-leases.ts";
import { toAttempt } from "./settle-run.ts";

/** How old Replicate's last word on the time may be, in milliseconds; and how long after the claim the create may be sent. */
export const maximumDateAgeMs = 60_000;

/**
 * Writes down that the run's next attempt will be sent: by one compare-and-set, so that nobody else sends it too. `before` is the run as
 * its sender knows it: an attempt without an error, of which it is certain that it created nothing, is sent anew. Gives `isOurs: false`
 * and the run as it stands when it was canceled, or somebody else has taken it over.
 */
export async function claimAttempt(
  { http, clock, requestTimeoutMs }: ClientContext,
  lease: Lease,
  before: RunRecord,
  mark: Mark,
): Promise<{ readonly run: RunRecord; readonly isOurs: boolean }> {
  const dateMs = http.latestDate?.dateMs;
  const toTime = (moment: number) => new Date(moment).toISOString();
  let isClaimed = false;
  const { run, isOurs } = await lease.update((current) => {
    isClaimed = !current.cancelRequested && !finalStates.includes(current.state) && isSame(current, before);
    if (!isClaimed) return undefined;
    const settled = current.attempts.filter(({ error }) => error !== null);
    const attempt: Attempt = {
      ...toAttempt(),
      number: settled.length + 1,
      modelId: current.modelId,
      mark,
      sentAt: toTime(dateMs ?? clock.now()),
      closedAt: dateMs === undefined ? null : toTime(dateMs + 2 * maximumDateAgeMs + requestTimeoutMs),
      foundBy: null,
      error: null,
    };
    return { state: "creating", attempts: [...settled, attempt] };
  });
  return { run, isOurs: isOurs && isClaimed };
}

/** Whether a run is where its sender left it. */
function isSame({ state, attempts }: RunRecord, before: RunRecord): boolean {
  const [last, lastBefore] = [attempts.at(-1), before.attempts.at(-1)];
  return state === before.state && attempts.length === before.attempts.length && last?.sentAt === lastBefore?.sentAt && !last?.predictionId;
}
