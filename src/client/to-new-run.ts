import type { NewRun } from "../runs/run-store.ts";
import type { Prepared } from "./prepare.ts";
import { sha256 } from "./sha256.ts";
import type { StageRequest } from "./stage-request.ts";

/** The run of a request, as it is first written down. */
export async function toNewRun({ plan, photo }: Prepared, request: StageRequest): Promise<NewRun> {
  return {
    id: `run_${crypto.randomUUID()}`,
    state: "preparing",
    finishedAt: null,
    projectId: request.projectId ?? null,
    group: request.group ?? null,
    idempotencyKey: request.idempotencyKey ?? null,
    fingerprint: await toFingerprint(request, photo?.kind === "bytes" ? photo.sha256 : (photo?.url ?? null)),
    photo: plan.photo,
    room: plan.prompt.room ?? null,
    style: plan.prompt.style ?? null,
    mode: plan.prompt.mode,
    promptVersion: plan.prompt.version,
    modelId: plan.modelId,
    modelOrigin: plan.modelOrigin,
    config: plan.config,
    origins: plan.origins,
    configVersions: plan.configVersions,
    extraInput: request.extraInput ?? {},
    warnings: plan.warnings,
    attempts: [],
    images: [],
    cost: null,
    error: null,
    cancelRequested: false,
    uploadedFileId: null,
  };
}

// What the caller asked, not what the settings made of it: the same request stays the same after an admin's change.
function toFingerprint({ image: _, idempotencyKey: __, ...asked }: StageRequest, photo: string | null): Promise<string> {
  return sha256(JSON.stringify({ ...asked, photo }, sortKeys));
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
