import { type Clock, systemClock } from "../../basics/clock.ts";
import { fromBase64 } from "../../basics/from-base64.ts";
import { isSafeUrl } from "../../basics/is-safe-url.ts";
import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { AlertUndeliveredError } from "../../errors/alert-undelivered-error.ts";
import { parseWith } from "../../errors/parse-with.ts";
import { withTimeLimit } from "../../replicate/with-time-limit.ts";
import type { BudgetAlert } from "./budget-alert.ts";

/** Where alerts are sent, and how they are signed. */
export interface SignedWebhookOptions {
  /** https, or http on the loopback address. */
  readonly url: string;
  /** `whsec_` and base64, known to the receiver, too. */
  readonly secret: string;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How long the receiver may take. Default 10,000, at most 30,000. */
  readonly timeoutMs?: number | undefined;
  /** By what a message is dated. Default: real time. */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

const optionsSchema = once(() => {
  const secretShape = /^whsec_(?=.)([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
  return z.object({
    url: z.string().refine(isSafeUrl, "must be an https address, or http on the loopback address"),
    secret: z.string().regex(secretShape, "must be whsec_ and base64, nothing else"),
    timeoutMs: z.number().positive().max(30_000).default(10_000),
  });
});

/**
 * Sends each alert as a POST, `{ type: "budget.alert", timestamp, data }`, signed by the Standard Webhooks scheme; `webhook-id` is the
 * alert's id, by which a receiver ignores what it knows. Redirects are not followed; any answer but 2xx counts as undelivered.
 * @throws {InvalidRequestError} naming the options that do not fit.
 *
 * @example
 * ```ts
 * import { memoryConfigStore } from "restage";
 * import { createBudgets, memoryBudgetStore, signedWebhook } from "restage/books";
 *
 * const budgets = createBudgets({
 *   store: memoryBudgetStore(),
 *   configStore: memoryConfigStore(),
 *   onAlert: signedWebhook({ url: "https://example.com/alerts", secret: process.env.ALERT_SECRET ?? "" }),
 * });
 * ```
 */
export function signedWebhook(options: SignedWebhookOptions): (alert: BudgetAlert) => Promise<void> {
  const { url, secret, timeoutMs } = parseWith(optionsSchema(), options);
  const { fetch = globalThis.fetch, clock = systemClock } = options;
  const key = once(() => {
    const bytes = fromBase64(secret.slice("whsec_".length));
    return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  });

  return async (alert) => {
    const body = JSON.stringify({ type: "budget.alert", timestamp: alert.crossedAt, data: alert });
    const timestamp = Math.floor(clock.now() / 1000);
    const content = new TextEncoder().encode(`${alert.id}.${timestamp}.${body}`);
    const signature = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign("HMAC", await key(), content))));
    const headers = {
      "content-type": "application/json",
      "webhook-id": alert.id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": `v1,${signature}`,
    };
    const send = async (signal: AbortSignal) => {
      const answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
      // Else the connection would stay taken.
      await answer.body?.cancel();
      return answer;
    };
    const answer = await withTimeLimit(timeoutMs, undefined, send).catch((error: unknown) => {
      throw new AlertUndeliveredError(null, error);
    });
    if (!answer.ok) throw new AlertUndeliveredError(answer.status);
  };
}
