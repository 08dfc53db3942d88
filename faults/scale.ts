import { registry } from "../src/models/registry.ts";
import type { ReplicateSimulatorOptions } from "../src/testing/simulator/replicate-simulator-options.ts";

/** The share at which Replicate's durations run here. */
export const timeScale = 0.01;

/**
 * The client's durations, shorter than usual. What has to hold of them at any scale: the lease outlasts a call and the settling, and what
 * Replicate created is listed before it has settled. They leave room for a machine that is busy with other things.
 */
export const scaledDurations = { settleMs: 500, requestTimeoutMs: 1_000, leaseMs: 2_500, retryDelayMs: 5 } as const;

/** The built-in models, as quick as the simulator runs them. */
export const quickModels = registry.list().map((model) => ({ ...model, usualDurationMs: model.usualDurationMs * timeScale }));

/** A Replicate that keeps images for ten times as long, and is otherwise as quick: processes take a while to start and to be taken over from. */
export const longHour: ReplicateSimulatorOptions = {
  timeScale: 10 * timeScale,
  startingMs: 30,
  models: registry.list().map((model) => ({ ...model, usualDurationMs: model.usualDurationMs / 10 })),
};

/** The smallest image: pictures are not what this is about. */
export const tinyPng = Uint8Array.from(
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
);
