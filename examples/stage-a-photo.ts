// Stages one photo and saves the result beside it.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/stage-a-photo.ts [PHOTO] [FOLDER]
//
// With REPLICATE_API_TOKEN set it runs on Replicate and costs what the plan says. Without, it runs on the simulator: offline and free.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { formatUsd, type ImageSource, RestageError, type StageRequest, StagingClient } from "restage";
import { createReplicateSimulator, drawStaged } from "restage/testing";

const [photoPath, folder = "out"] = process.argv.slice(2);
const isLive = Boolean(process.env.REPLICATE_API_TOKEN);

// At a hundredth of real time: a run of 8 s takes 80 ms.
const replicate = isLive ? undefined : await createReplicateSimulator({ timeScale: 0.01 });
const client = new StagingClient(replicate?.clientOptions);

const image: ImageSource = photoPath === undefined ? await drawEmptyRoom() : { path: photoPath };
const request: StageRequest = { image, room: "living_room", style: "scandinavian", furniture: { avoid: ["television"] } };

try {
  const plan = await client.plan(request);
  console.log(`Model     ${plan.modelId} (chosen by ${plan.modelOrigin})`);
  console.log(`Estimate  ${formatUsd(plan.estimate.microUsd)} at most`);

  const run = await client.stage(request, { onProgress: ({ phase }) => console.log(`          ${phase}`) });

  await mkdir(folder, { recursive: true });
  for (const [index, staged] of run.images.entries()) {
    const file = join(folder, `staged-${index + 1}.${staged.contentType.replace("image/", "")}`);
    await staged.save(file);
    console.log(`Image     ${file} (${staged.byteLength} bytes)`);
  }
  console.log(`Cost      ${formatUsd(run.cost?.microUsd ?? null)}${isLive ? "" : " (simulated)"}`);
  for (const { field, reason } of run.warnings) console.log(`Warning   ${field}: ${reason}`);
} catch (error) {
  if (!RestageError.is(error)) throw error;
  console.error(`${error.message}\n(code ${error.code}, retryable: ${error.retryable}, billed: ${error.billed})`);
  process.exitCode = 1;
} finally {
  await replicate?.close();
}

/** A room to stage where no photo was given. */
function drawEmptyRoom(): Promise<Uint8Array> {
  return drawStaged({ photo: null, prompt: "Remove all furniture", seed: 7, index: 0, format: "jpg" });
}
