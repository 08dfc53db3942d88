// Stages the photos of a listing, two at a time, and saves each as it comes. Ctrl-C ends the waiting, and what was paid stays known.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/stage-many.ts [FOLDER [PHOTO…]]
//
// With REPLICATE_API_TOKEN set it runs on Replicate and costs money. Without, it runs on the simulator: offline and free.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type BuiltInModel, formatUsd, RestageError, type StageRequest, StagingClient } from "restage";
import { createReplicateSimulator, drawStaged } from "restage/testing";

const [folder = "out", ...photos] = process.argv.slice(2);
const isLive = Boolean(process.env.REPLICATE_API_TOKEN);

// At a hundredth of real time: a run of 8 s takes 80 ms.
const replicate = isLive ? undefined : await createReplicateSimulator({ timeScale: 0.01 });
const client = new StagingClient(replicate?.clientOptions);
const controller = new AbortController();
process.once("SIGINT", () => controller.abort(new Error("Interrupted: what was sent goes on, and its run can be waited for")));

await mkdir(folder, { recursive: true });
let spentMicroUsd = 0;
try {
  for await (const { index, run, error } of client.stageMany(readRequests(), { concurrency: 2, signal: controller.signal })) {
    if (run) {
      spentMicroUsd += run.cost?.microUsd ?? 0;
      for (const [number, image] of run.images.entries()) {
        const file = join(folder, `photo-${index + 1}-${number + 1}.${image.contentType.replace("image/", "")}`);
        await image.save(file);
        console.log(`Photo ${index + 1}   ${file}`);
      }
    } else {
      console.log(`Photo ${index + 1}   ${RestageError.is(error) ? `${error.code}, billed: ${error.billed}` : "interrupted"}`);
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await client.close();
  await replicate?.close();
}
console.log(`Cost      ${formatUsd(spentMicroUsd)}${isLive ? "" : " (simulated)"}`);

/** Each photo is read when there is room for it. Where none was given, one that is drawn is staged in three styles. */
async function* readRequests(): AsyncGenerator<StageRequest<BuiltInModel>> {
  const about = { room: "living_room", group: "listing-12" } as const;
  for (const path of photos) yield { ...about, image: { path } };
  if (photos.length > 0) return;
  const image = await drawStaged({ photo: null, prompt: "Remove all furniture", seed: 7, index: 0, format: "jpg" });
  for (const style of ["scandinavian", "modern", "industrial"] as const) yield { ...about, image, style };
  // One that is no photo: the others do not mind.
  yield { ...about, image: new TextEncoder().encode("not a photo") };
}
