import type { NewRun } from "../../runs/run-store.ts";

/** A run as it is first written, with an id of its own and no idempotency key; any field can be another. */
export function sampleRun(overrides: Partial<NewRun> = {}): NewRun {
  return {
    id: crypto.randomUUID(),
    state: "preparing",
    finishedAt: null,
    projectId: null,
    group: null,
    idempotencyKey: null,
    fingerprint: "a".repeat(64),
    photo: { source: "bytes", contentType: "image/jpeg", byteLength: 245_760, sha256: "b".repeat(64) },
    room: "living_room",
    style: "scandinavian",
    mode: "stage",
    promptVersion: "1",
    modelId: "qwen/qwen-image-edit",
    modelOrigin: "default",
    config: { go_fast: true, output_quality: 90, output_format: "webp", seed: 7 },
    origins: { go_fast: "default", output_quality: "global", output_format: "default", seed: "drawn" },
    configVersions: { global: 3, project: null },
    extraInput: {},
    warnings: [],
    attempts: [],
    images: [],
    cost: null,
    error: null,
    cancelRequested: false,
    uploadedFileId: null,
    ...overrides,
  };
}
