import { parseJson } from "../basics/parse-json.ts";
import { tell } from "../basics/tell.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { InvalidWebhookError } from "../errors/invalid-webhook-error.ts";
import { RunFailedError } from "../errors/run-failed-error.ts";
import { parseWebhookSecrets } from "../replicate/parse-webhook-secrets.ts";
import { type VerifyWebhookOptions, verifyWebhook } from "../replicate/verify-webhook.ts";
import { checkCounts } from "./create-context.ts";
import { readBody } from "./read-body.ts";
import type { Received } from "./receive-prediction.ts";
import type { StagedRun } from "./staged-run.ts";
import type { StagingClient } from "./staging-client.ts";

/** How webhooks are handled. */
export interface WebhookHandlerOptions extends VerifyWebhookOptions {
  /** The client of the run store in which the runs are. */
  readonly client: Pick<StagingClient, "receive">;
  /** Keeps a short-lived function alive until the images are home. Default: the process lives on by itself. */
  readonly waitUntil?: ((work: Promise<unknown>) => unknown) | undefined;
  /** Gets every run whose images are home, for whoever keeps them himself; may get a run twice. */
  readonly onStaged?: ((run: StagedRun) => unknown) | undefined;
  /** Told what was refused, and what failed, before the answer or after. One that throws changes nothing. */
  readonly onError?: ((error: unknown) => unknown) | undefined;
  /** The longest body that is read, in bytes. Default 1,000,000. */
  readonly maximumBodyBytes?: number | undefined;
}

/**
 * Answers Replicate's webhooks: verifies each, writes its status and addresses down, answers, and then brings the images home. What is
 * doubled, late, out of order or no run's changes nothing. Answers 200; 401, 400 and 413 for what it does not believe, cannot read or is too
 * large; 503, upon which Replicate comes again, when the run store fails.
 * @throws {InvalidRequestError} for secrets that are none.
 *
 * @example
 * ```ts
 * import { createWebhookHandler, StagingClient } from "restage";
 *
 * const client = new StagingClient({ webhook: { url: "https://example.com/api/replicate" } });
 * export const POST = createWebhookHandler({ client, secrets: [process.env.REPLICATE_WEBHOOK_SECRET ?? ""] });
 * ```
 */
export function createWebhookHandler(options: WebhookHandlerOptions): (request: Request) => Promise<Response> {
  const { client, waitUntil, onStaged, onError, maximumBodyBytes = 1_000_000, ...verifying } = options;
  parseWebhookSecrets(verifying.secrets);
  checkCounts({ maximumBodyBytes });
  const collecting = new Map<string, Promise<unknown>>();

  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    try {
      const received = await receive(request);
      if (received?.isDue) keepAlive(collectOnce(received));
      return new Response(null, { status: 200 });
    } catch (error) {
      tell(onError, error);
      return new Response(null, { status: toStatus(error) });
    }
  };

  async function receive(request: Request): Promise<Received | undefined> {
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined) throw new InvalidWebhookError("too_large", `its body is larger than ${maximumBodyBytes} bytes`);
    await verifyWebhook({ headers: request.headers, body }, verifying);
    return client.receive(parseJson(new TextDecoder().decode(body)));
  }

  /** Copies of a webhook share the work. */
  function collectOnce({ run, collect }: Received): Promise<unknown> {
    const work =
      collecting.get(run.id) ??
      collect()
        .then((staged) => onStaged?.(staged))
        .catch((error) => {
          // That its prediction gave no images is the end of a run, not a failure of this handler.
          if (!RunFailedError.is(error)) tell(onError, error);
        })
        .finally(() => collecting.delete(run.id));
    collecting.set(run.id, work);
    return work;
  }

  function keepAlive(work: Promise<unknown>): void {
    try {
      waitUntil?.(work);
    } catch (error) {
      tell(onError, error);
    }
  }
}

function toStatus(error: unknown): number {
  if (InvalidWebhookError.is(error)) return error.reason === "too_large" ? 413 : 401;
  return InvalidRequestError.is(error) ? 400 : 503;
}
