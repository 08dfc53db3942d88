// app/api/replicate/route.ts of a Next.js service: Replicate calls it back.
import { createWebhookHandler } from "restage";
import { client } from "./service-client.ts";

export const runtime = "nodejs";
/** Seconds: the images come home behind the answer. */
export const maxDuration = 60;

let handleWebhook: ((request: Request) => Promise<Response>) | undefined;

export async function POST(request: Request): Promise<Response> {
  // Not before the first call: `next build` loads this file, too, and knows no secret.
  handleWebhook ??= createWebhookHandler({
    client,
    secrets: [process.env.REPLICATE_WEBHOOK_SECRET ?? ""],
    // Where functions are frozen behind their answer, `after` of "next/server" keeps this one alive: waitUntil: (work) => after(work),
    onStaged: ({ id, images }) => console.log(`${id}: ${images.map(({ location }) => location).join(" ")}`),
    onError: (error) => console.error(error instanceof Error ? error.message : error),
  });
  return handleWebhook(request);
}
