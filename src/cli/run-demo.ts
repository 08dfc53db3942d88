import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InsufficientCreditError } from "../errors/insufficient-credit-error.ts";
import { UnauthenticatedError } from "../errors/unauthenticated-error.ts";
import type { Style } from "../prompt/styles.ts";
import type { DemoJob, DemoResult } from "./demo-job.ts";
import { mapConcurrently } from "./map-concurrently.ts";
import { toModelDurationMs } from "./model-duration.ts";
import { type Session, simulatedGroup } from "./open-session.ts";
import { writeImages } from "./output-target.ts";
import { drawSampleRoom, type SampleRoom, sampleRooms } from "./sample-rooms.ts";
import { toInterruptedError } from "./to-interrupted-error.ts";

// Enough to fill the waiting of one with the drawing of another, and far from any rate limit.
const concurrency = 4;

/**
 * Draws the sample rooms into a directory, stages them and writes the images beside them. A failed staging is a result too; where the
 * account itself is refused, the others are not tried. `onResult` is told of each.
 * @throws {InterruptedError} when the signal aborts.
 */
export async function runDemo(
  session: Session,
  jobs: readonly DemoJob[],
  directory: string,
  signal: AbortSignal,
  onResult: (result: DemoResult) => void,
): Promise<readonly DemoResult[]> {
  await mkdir(directory, { recursive: true });
  const photos = new Map(await Promise.all(sampleRooms.map(async (room) => [room, await drawPhoto(room, directory)] as const)));
  let refusal: unknown;
  const results = await mapConcurrently(jobs, concurrency, async (job): Promise<DemoResult> => {
    if (signal.aborted || refusal !== undefined) return { job, files: [], modelDurationMs: null, error: refusal ?? signal.reason };
    const result = await stageJob(session, job, photos.get(job.room) ?? new Uint8Array(), directory, signal);
    if (UnauthenticatedError.is(result.error) || InsufficientCreditError.is(result.error)) refusal = result.error;
    onResult(result);
    return result;
  });
  if (signal.aborted) throw toInterruptedError(session);
  return results;
}

/** The file name of a room's photo. */
export function toPhotoName({ name }: SampleRoom): string {
  return `${name}.jpg`;
}

async function drawPhoto(room: SampleRoom, directory: string): Promise<Uint8Array> {
  const bytes = await drawSampleRoom(room);
  await writeFile(join(directory, toPhotoName(room)), bytes);
  return bytes;
}

async function stageJob(
  { client, speed, isSimulated }: Session,
  job: DemoJob,
  image: Uint8Array,
  directory: string,
  signal: AbortSignal,
): Promise<DemoResult> {
  const { room, model } = job;
  try {
    const group = isSimulated ? simulatedGroup : "demo";
    const run = await client.stage({ image, room: room.room, style: room.style as Style, modelId: model.id, group }, { signal });
    const target = { stem: join(directory, `${room.name}-${model.id.split("/").pop()}`), ending: "" };
    const files = await writeImages(run.images, target, { force: true }, run.attempts.at(-1)?.outputUrls);
    return { job, run, files, modelDurationMs: toModelDurationMs(run, speed) };
  } catch (error) {
    return { job, files: [], modelDurationMs: null, error };
  }
}
