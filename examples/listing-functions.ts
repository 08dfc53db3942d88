// The photos of a listing, staged by functions that end: one sends them all, one is called back by Replicate, one tells how far they are,
// and a cron takes up what no webhook told of. They share nothing but the database and the bucket.
import { createWebhookHandler, RestageError, type Room, type Style } from "restage";
import { client } from "./service-client.ts";

/** What a listing is staged from. */
interface Listing {
  readonly id: string;
  readonly style: Style;
  readonly photos: readonly { readonly url: string; readonly room: Room }[];
}

/**
 * POST /api/listings: sends all photos and ends. Called again, it sends none twice, and those once more that were refused: the listing is not
 * complete without them.
 */
export async function onListing(request: Request): Promise<Response> {
  const { id, style, photos } = (await request.json()) as Listing;
  const requests = photos.map(({ url, room }) => ({
    image: url,
    room,
    style,
    group: id,
    groupSize: photos.length,
    idempotencyKey: `${id} ${url}`,
  }));
  const refused: { readonly url: string | undefined; readonly code: string }[] = [];
  for await (const { index, error } of client.startMany(requests, { concurrency: 8 })) {
    if (error) refused.push({ url: photos[index]?.url, code: RestageError.is(error) ? error.code : "unknown" });
  }
  return Response.json({ sent: photos.length - refused.length, refused }, { status: 202 });
}

/** POST /api/replicate: Replicate calls when a prediction is over. `waitUntil` is that of the platform. */
export function onWebhook(request: Request, waitUntil: (work: Promise<unknown>) => unknown): Promise<Response> {
  const onError = (error: unknown) => console.error(error instanceof Error ? error.message : error);
  return createWebhookHandler({ client, secrets: [process.env.REPLICATE_WEBHOOK_SECRET ?? ""], waitUntil, onError })(request);
}

/** GET /api/listings?id=…: how far it is, and what to show with each staged image. */
export async function onProgress(request: Request): Promise<Response> {
  const { size, finished, isComplete, runs } = await client.group(new URL(request.url).searchParams.get("id") ?? "");
  const staged = runs.flatMap(({ images, disclosure }) => images.map(({ location }) => ({ location, statement: disclosure?.statement })));
  return Response.json({ size, finished, isComplete, staged });
}

/** Called by a cron every minute, and ended by its platform after 60 seconds. */
export async function onCron(): Promise<Response> {
  const resumed = await client.resume({ limit: 20, deadlineMs: 50_000 });
  return Response.json({ resumed: resumed.length, home: resumed.filter(({ run }) => run).length });
}
