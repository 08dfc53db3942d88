import type { Attempt } from "../../runs/run.ts";

/** An attempt that was sent and not answered; any field can be another. */
export function sampleAttempt(overrides: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    modelId: "qwen/qwen-image-edit",
    mark: { seed: 7, prompt: "c".repeat(64), go_fast: true },
    sentAt: "2026-04-01T09:00:00.000Z",
    closedAt: "2026-04-01T09:01:00.000Z",
    foundBy: null,
    predictionId: null,
    predictionStatus: null,
    startedAt: null,
    completedAt: null,
    predictTimeSeconds: null,
    outputUrls: [],
    cost: null,
    error: null,
    ...overrides,
  };
}
