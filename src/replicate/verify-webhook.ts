import { type Clock, systemClock } from "../basics/clock.ts";
import { fromBase64 } from "../basics/from-base64.ts";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import { InvalidWebhookError } from "../errors/invalid-webhook-error.ts";
import { parseWebhookSecrets } from "./parse-webhook-secrets.ts";

/** A webhook as it came. */
export interface WebhookRequest {
  /** `Headers`, or a record such as that of a Node server; names in any case. */
  readonly headers: Pick<Headers, "get"> | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it was received: what was parsed and written anew has another signature. */
  readonly body: string | Uint8Array;
}

/** By what a webhook is verified. */
export interface VerifyWebhookOptions {
  /** The signing secrets, `whsec_…`: one, or several while one replaces another. */
  readonly secrets: readonly string[];
  /** Default: real time. */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

// What the Standard Webhooks scheme lets clocks differ, and a message be on its way.
const toleranceSeconds = 300;
const algorithm = { name: "HMAC", hash: "SHA-256" };

/**
 * Checks that a webhook comes from Replicate, unchanged, within the last five minutes, by the Standard Webhooks scheme (HTTP API docs,
 * 2026-11). The signature covers id, time and body, not the address; a webhook may come more than once.
 * @throws {InvalidWebhookError} when it is not to be believed.
 * @throws {InvalidRequestError} for secrets that are none, and a body that is neither text nor bytes.
 *
 * @example
 * ```ts
 * import { verifyWebhook } from "restage";
 *
 * export async function POST(request: Request): Promise<Response> {
 *   const body = await request.text();
 *   await verifyWebhook({ headers: request.headers, body }, { secrets: [process.env.REPLICATE_WEBHOOK_SECRET ?? ""] });
 *   console.log(JSON.parse(body).status);
 *   return new Response();
 * }
 * ```
 */
export async function verifyWebhook(
  { headers, body }: WebhookRequest,
  { secrets, clock = systemClock }: VerifyWebhookOptions,
): Promise<{ readonly id: string; readonly sentAt: Date }> {
  const keys = parseWebhookSecrets(secrets);
  if (typeof body !== "string" && !ArrayBuffer.isView(body)) {
    throw new InvalidRequestError([{ field: "body", message: "must be the raw body of the request, as text or bytes" }]);
  }
  const id = readHeader(headers, "webhook-id");
  const timestamp = readHeader(headers, "webhook-timestamp");
  const signatures = readSignatures(readHeader(headers, "webhook-signature"));
  // A dot would let other texts of the same signature pass for id and time.
  if (!/^[^\s.]{1,256}$/.test(id)) throw new InvalidWebhookError("malformed", "its webhook-id is none");
  if (!/^\d{1,11}$/.test(timestamp)) throw new InvalidWebhookError("malformed", "its webhook-timestamp is no number of seconds");
  const ageSeconds = Math.floor(clock.now() / 1000) - Number(timestamp);
  if (ageSeconds > toleranceSeconds) throw new InvalidWebhookError("stale", "it was sent more than five minutes ago");
  if (ageSeconds < -toleranceSeconds) throw new InvalidWebhookError("future", "it was sent more than five minutes ahead of this clock");
  const content = await new Blob([`${id}.${timestamp}.`, body as Uint8Array<ArrayBuffer>]).arrayBuffer();
  for (const key of keys) if (await isSigned(content, signatures, key)) return { id, sentAt: new Date(Number(timestamp) * 1000) };
  throw new InvalidWebhookError("signature", "no signature fits; compare your secrets with GET /webhooks/default/secret");
}

function readHeader(headers: WebhookRequest["headers"], wanted: string): string {
  const entries = Object.entries(headers).filter(([name]) => name.toLowerCase() === wanted);
  const value = typeof headers.get === "function" ? headers.get(wanted) : entries.flatMap(([, text]) => text ?? []).join(" ");
  if (!value) throw new InvalidWebhookError("missing_header", `it has no ${wanted}`);
  return value;
}

// Only `v1`, of 32 bytes, in the one way to write them; lines of the same name come joined by a comma.
function readSignatures(header: string): readonly Uint8Array<ArrayBuffer>[] {
  return header.split(/,? +/).flatMap((text) => (/^v1,[A-Za-z\d+/]{42}[AEIMQUYcgkosw048]=$/.test(text) ? fromBase64(text.slice(3)) : []));
}

async function isSigned(content: ArrayBuffer, signatures: readonly Uint8Array<ArrayBuffer>[], secret: Uint8Array<ArrayBuffer>) {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("raw", secret, algorithm, false, ["sign", "verify"]);
  // Signed twice: so Web Crypto itself compares, in constant time, and a long body is read once however many signatures there are.
  const proof = await subtle.sign("HMAC", key, await subtle.sign("HMAC", key, content));
  for (const signature of signatures) if (await subtle.verify("HMAC", key, proof, signature)) return true;
  return false;
}
