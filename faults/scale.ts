import { registry } from "../src/models/registry.ts";

/** The share at which Replicate's durations run here. */
export const timeScale = 0.01;

/** The usual durations of the client, at about that share. What has to hold of them at any share: the lease outlasts a call and the settling. */
export const scaledDurations = { settleMs: 200, requestTimeoutMs: 300, leaseMs: 800, retryDelayMs: 5 } as const;

/** The built-in models, as quick as the simulator runs them. */
export const quickModels = registry.list().map((model) => ({ ...model, usualDurationMs: model.usualDurationMs * timeScale }));

/** The smallest image: pictures are not what this is about. */
export const tinyPng = Uint8Array.from(
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
);
