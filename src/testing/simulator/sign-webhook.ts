import { createHmac } from "node:crypto";

/** The three headers of a webhook, signed by the Standard Webhooks scheme (Replicate HTTP API docs, 2026-11). `at`: milliseconds since 1970. */
export function signWebhook(secret: string, id: string, at: number, body: string): Record<string, string> {
  const timestamp = Math.floor(at / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${signature}` };
}
