// Two endpoints of an Express 5 service: one takes a photo and sends it, the other one is called back by Replicate.
//
//   createApp({ client, secrets: [process.env.REPLICATE_WEBHOOK_SECRET ?? ""] }).listen(3000);
import express, { type ErrorRequestHandler, type Express, type Request as Incoming } from "express";
import { createWebhookHandler, RestageError, type Room, type StagedRun, type StagingClient, type Style } from "restage";

/** What the endpoints work with. */
export interface AppOptions {
  readonly client: StagingClient;
  /** The account's webhook secret; two while it is replaced. */
  readonly secrets: readonly string[];
  /** Gets a run whose images are home. */
  readonly onStaged?: (run: StagedRun) => unknown;
}

export function createApp({ client, secrets, onStaged }: AppOptions): Express {
  const app = express();

  // The signature is over the very bytes that came: no express.json() may have read them before.
  const handleWebhook = createWebhookHandler({ client, secrets, onStaged, onError: (error) => console.error(toMessage(error)) });
  app.post("/api/replicate", express.raw({ type: () => true, limit: 1_000_000 }), async (incoming, outgoing) => {
    const { status } = await handleWebhook(toRequest(incoming));
    outgoing.sendStatus(status);
  });

  // POST /api/photos?room=living_room&style=modern, the photo as its body. Sent twice under one Idempotency-Key it is paid once.
  app.post("/api/photos", express.raw({ type: "image/*", limit: 50_000_000 }), async (incoming, outgoing) => {
    const { room, style } = incoming.query as { readonly room: Room; readonly style?: Style };
    const run = await client.start({ image: incoming.body, room, style, idempotencyKey: incoming.get("idempotency-key") });
    outgoing.status(202).json({ id: run.id, state: run.state });
  });

  const onError: ErrorRequestHandler = (error, _, outgoing, next) => {
    if (!RestageError.is(error)) return next(error);
    // What the user can mend is told; whatever else it was is for the log.
    const isTheirs = /^invalid_(request|image|input|prompt)$|^idempotency_conflict$/.test(error.code);
    if (!isTheirs) console.error(toMessage(error));
    return outgoing.status(isTheirs ? 400 : 503).json({ code: error.code, ...(isTheirs && { message: error.message }) });
  };
  return app.use(onError);
}

function toRequest({ method, originalUrl, headers, body }: Incoming): Request {
  const url = new URL(originalUrl, "https://localhost");
  const texts = Object.entries(headers).filter((header): header is [string, string] => typeof header[1] === "string");
  return new Request(url, { method, headers: texts, body });
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
