// Stages a photo with functions that end: one sends it, one is called back by Replicate, one tidies up every minute.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/webhook-serverless.ts [FOLDER]
//
// Runs on the simulator: offline and free. In a service the three functions stand in files of their own, and share the client.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createWebhookHandler, memoryRunStore, type StagedRun, StagingClient } from "restage";
import { createReplicateSimulator, drawStaged } from "restage/testing";

const [folder = "out"] = process.argv.slice(2);

// In a service: secrets: [process.env.REPLICATE_WEBHOOK_SECRET], and Replicate calls by itself.
const replicate = await createReplicateSimulator({
  timeScale: 0.01,
  webhooks: { fetch: async (input, init) => onWebhook(new Request(input, init)) },
});

const client = new StagingClient({
  ...replicate.clientOptions,
  runStore: memoryRunStore(), // in a service: postgresRunStore, so that all functions see the same runs
  webhook: { url: "https://example.com/api/replicate" },
});

/** The function that a user calls: it ends as soon as the staging is sent. */
async function onRequest(request: Request): Promise<Response> {
  const image = new Uint8Array(await request.arrayBuffer());
  const { id, state } = await client.start({ image, room: "living_room", style: "scandinavian" });
  return Response.json({ id, state }, { status: 202 });
}

// What keeps a function alive behind its answer: `waitUntil` of @vercel/functions, `ctx.waitUntil` of a Cloudflare Worker.
const behindTheAnswers: Promise<unknown>[] = [];

/** The function that Replicate calls: /api/replicate. */
const onWebhook = createWebhookHandler({
  client,
  secrets: [replicate.webhookSecret],
  waitUntil: (work) => behindTheAnswers.push(work),
  onStaged: save,
  onError: (error) => console.error(error),
});

/** The function that a cron calls every minute: what no webhook told of. */
async function onCron(): Promise<Response> {
  const resumed = await client.resume({ limit: 20, timeoutMs: 50_000 });
  for (const { run } of resumed) if (run) await save(run);
  return Response.json({ resumed: resumed.length });
}

async function save({ images, cost }: StagedRun): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, image] of images.entries()) {
    const file = join(folder, `called-back-${index + 1}.${image.contentType.replace("image/", "")}`);
    await image.save(file);
    console.log(`Home      ${file} for ${(cost?.microUsd ?? 0) / 1_000_000} USD (simulated)`);
  }
}

const photo = await drawStaged({ photo: null, prompt: "Remove all furniture", seed: 7, index: 0, format: "jpg" });
const sent = await onRequest(new Request("https://example.com/api/stage", { method: "POST", body: new Blob([new Uint8Array(photo)]) }));
const { state } = (await sent.json()) as { readonly state: string };
console.log(`Sent      HTTP ${sent.status}, the run is ${state}`);

// Replicate calls back when it is done; a service waits for nothing here.
while (replicate.webhookDeliveries.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
console.log(`Answered  HTTP ${replicate.webhookDeliveries[0]?.status}`);
await Promise.all(behindTheAnswers);

const cron = (await (await onCron()).json()) as { readonly resumed: number };
console.log(`Cron      ${cron.resumed} left to do`);
await replicate.close();
