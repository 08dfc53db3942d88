import { formatUsd, type MicroUsd } from "../model/price.ts";
import { estimateCost } from "./estimate-cost.ts";
import { InterruptedError } from "./interrupted-error.ts";
import type { Session } from "./open-session.ts";

/** What an interruption leaves behind: predictions that go on, and what they may cost. Default: what their models cost by default. */
export function toInterruptedError(
  { isSimulated, running, unknown, storage }: Pick<Session, "isSimulated" | "running" | "unknown" | "storage">,
  mayCostMicroUsd: MicroUsd | null = estimateCost([...running.values()].map(({ modelId }) => modelId)),
): InterruptedError {
  if (isSimulated) return new InterruptedError("Stopped. The simulation ended with it; nothing is charged", { billed: "no" });
  const predictionIds = [...running.values()].map(({ predictionId }) => predictionId);
  const isKept = storage.keptIn !== null;
  const doubts = [...unknown].map(
    (runId) =>
      `Whether Replicate created the prediction of run ${runId} is not known: ${isKept ? "`restage runs resume` finds out" : "look at replicate.com/predictions before you stage it again"}`,
  );
  if (predictionIds.length === 0 && doubts.length === 0)
    return new InterruptedError("Stopped. Nothing is running at Replicate", { billed: "no" });
  const cost = mayCostMicroUsd === null ? "an unknown amount" : `up to ${formatUsd(mayCostMicroUsd)}`;
  const pages = predictionIds.map((id) => `- https://replicate.com/p/${id}`);
  const lines = [
    ...(pages.length === 0
      ? ["Stopped waiting."]
      : [`Stopped waiting. This goes on at Replicate and may cost ${cost}; its images stay there for an hour:`, ...pages]),
    ...(pages.length > 0 && isKept ? ["`restage runs resume` brings them home"] : []),
    ...doubts,
  ];
  return new InterruptedError(lines.join("\n"), { billed: "unknown", predictionIds });
}
