import { sha256 } from "../basics/sha256.ts";
import { toStableText } from "../basics/to-stable-text.ts";
import type { AnyModel } from "../model/model.ts";
import type { NewRun } from "../runs/run-store.ts";
import type { Prepared } from "./prepare.ts";
import type { StageRequest } from "./stage-request.ts";

/** The run of a request, as it is first written down. */
export async function toNewRun({ plan, photo }: Prepared, request: StageRequest<AnyModel>, keepsPrompts: boolean): Promise<NewRun> {
  const { prompt, input: _, ...planned } = plan;
  const { projectId = null, group = null, groupSize = null, variant = null, idempotencyKey = null, extraInput = {} } = request;
  return {
    ...planned,
    id: `run_${crypto.randomUUID()}`,
    state: "preparing",
    finishedAt: null,
    projectId,
    group,
    groupSize,
    variant,
    idempotencyKey,
    fingerprint: await toFingerprint(request, photo?.url ?? photo?.record.sha256 ?? null),
    room: prompt.room ?? null,
    style: prompt.style ?? null,
    mode: prompt.mode,
    prompt: keepsPrompts ? prompt.text : null,
    promptVersion: prompt.version,
    extraInput,
    attempts: [],
    images: [],
    cost: null,
    disclosure: null,
    feedback: null,
    error: null,
    cancelRequested: false,
    uploadedFileId: null,
  };
}

// What the caller asked, not what the settings made of it: the same request stays the same after an admin's change.
function toFingerprint({ image: _, idempotencyKey: __, ...asked }: StageRequest<AnyModel>, photo: string | null): Promise<string> {
  return sha256(toStableText({ ...asked, photo }) as string);
}
