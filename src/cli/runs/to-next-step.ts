import type { RunRecord } from "../../runs/run.ts";
import { isLeftUnknown } from "../../runs/run-changes.ts";
import { toWhen } from "../to-when.ts";
import { isGoneSimulation } from "./is-gone-simulation.ts";
import { keepsInFolder } from "./keeps-in-folder.ts";
import { toShortId } from "./to-short-id.ts";

// Replicate deletes images an hour after the end of their prediction.
const imagesStayMs = 3_600_000;

/** What a person can do about a run. */
export function toNextStep(run: RunRecord, nowMs: number): string {
  const { id, state, attempts, cost, error, images, leaseExpiresAt } = run;
  const short = toShortId(id);
  const attempt = attempts.at(-1);
  if (isLeftUnknown(run)) {
    return [
      `Look at replicate.com/predictions for one of ${run.modelId}, made ${attempt ? `at about ${toWhen(attempt.sentAt)} (UTC)` : "at that time"}.`,
      `- there is one:   restage runs conclude ${short} --prediction PREDICTION_ID`,
      `- there is none:  restage runs conclude ${short} --none`,
    ].join("\n");
  }
  switch (state) {
    case "succeeded": {
      const untilMs = Date.parse(attempt?.completedAt ?? "") + imagesStayMs;
      const isLost = images.some(({ location }) => location === null) && nowMs < untilMs && !isGoneSimulation(run);
      const until = isLost ? toWhen(new Date(untilMs).toISOString()).slice(11, 16) : "";
      return isLost
        ? `Nothing. Should its image be lost: until ${until} (UTC), restage runs resume ${short} fetches it again.`
        : "Nothing.";
    }
    case "expired":
      return "It was paid, and its images are gone. Staging the photo again is paid again.";
    case "failed":
    case "canceled":
    case "aborted":
      return (cost === null || cost.microUsd === 0) && (error === null || error.billed === "no")
        ? "Nothing. It can be staged again."
        : "Nothing. It can be staged again; that is paid again, too.";
    default: {
      if (isGoneSimulation(run)) return "Its simulator is gone: restage runs resume ends it.";
      const isHeld = leaseExpiresAt !== null && Date.parse(leaseExpiresAt) > nowMs;
      const until = isHeld ? `${toWhen(leaseExpiresAt).slice(11)} (UTC)` : "";
      if (isHeld && !keepsInFolder())
        return `A process has it until ${until}, or longer. If that was cut, restage runs resume takes it up then.`;
      const isOut = isHeld && (state === "creating" || state === "unknown");
      return `restage runs resume ${isOut ? `finds out what became of it, from ${until} on` : "takes it up"}.`;
    }
  }
}
