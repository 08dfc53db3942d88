import type { Window } from "../replicate/list-predictions.ts";
import type { Prediction } from "../replicate/prediction.ts";
import type { Attempt } from "../runs/run.ts";
import type { ClientContext } from "./client-context.ts";

// The clock of its answers and that of its predictions need not be one: that a window is too wide costs a page.
const marginMs = 60_000;

/** When the prediction of an attempt can have been created, on Replicate's clock; without an end where Replicate told no time. */
export function toAttemptWindow({ http, settleMs }: ClientContext, { sentAt, closedAt }: Attempt): Window {
  // Later than noted, where the client's clock was put back before: then Replicate's last word is older than it seemed.
  const closedMs = Math.max(Date.parse(closedAt ?? ""), http.latestDate?.dateMs ?? 0);
  return { fromMs: Date.parse(sentAt) - marginMs, toMs: closedMs + settleMs + marginMs };
}

/** Whether a prediction may have been created within a window: one that does not say when may. */
export function isWithin({ fromMs, toMs }: Window, { created_at }: Prediction): boolean {
  const createdMs = Date.parse(created_at ?? "");
  return !(createdMs < fromMs || createdMs > toMs);
}
