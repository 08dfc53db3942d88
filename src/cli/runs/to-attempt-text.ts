import { type Cost, formatUsd } from "../../model/price.ts";
import type { Attempt, RunError } from "../../runs/run.ts";
import type { Style } from "../terminal.ts";
import { toCommandWording } from "../to-command-wording.ts";
import { toWhen } from "../to-when.ts";

const finders: Readonly<Record<NonNullable<Attempt["foundBy"]>, string>> = {
  answer: "",
  listing: ", found in Replicate's list",
  webhook: ", told by a webhook",
  person: ", told by a person",
};

const bills: Readonly<Record<RunError["billed"], string>> = { no: "not charged", yes: "charged", unknown: "may be charged" };

/** One create of a run, for people. */
export function toAttemptText(attempt: Attempt, { bold, dim }: Style): string {
  const { predictionId, predictionStatus, foundBy, startedAt, completedAt, predictTimeSeconds } = attempt;
  const prediction =
    predictionId === null
      ? "no prediction is known"
      : `${predictionStatus ?? "created"}  ${dim(`https://replicate.com/p/${predictionId}${finders[foundBy ?? "answer"]}`)}`;
  const times = [
    `sent ${toWhen(attempt.sentAt)}`,
    startedAt && `began ${toTime(startedAt)}`,
    completedAt && `ended ${toTime(completedAt)}`,
    predictTimeSeconds !== null && `computed ${predictTimeSeconds.toFixed(1)} s`,
  ];
  return [
    `${bold(String(attempt.number))}  ${prediction}`,
    `   ${times.filter(Boolean).join(", ")}`,
    `   cost ${toCostText(attempt.cost)}`,
    ...(attempt.error === null ? [] : [`   ${toErrorText(attempt.error)}`]),
  ].join("\n");
}

/** A cost, and how sure it is. */
export function toCostText(cost: Cost | null): string {
  if (cost === null) return "not known yet";
  if (cost.microUsd === null) return "unknown";
  if (cost.basis === "invoice") return `${formatUsd(cost.microUsd)}, by an invoice`;
  return `${formatUsd(cost.microUsd)}, by the price table${cost.priceVersion === null ? "" : ` of ${cost.priceVersion}`}`;
}

/** An error as a run keeps it, and what it means for the money. */
export function toErrorText({ code, message, billed }: RunError): string {
  return `${code} (${bills[billed]}): ${toCommandWording(message)}`;
}

function toTime(isoTime: string): string {
  return toWhen(isoTime).slice(11);
}
