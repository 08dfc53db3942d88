/** The moments that Replicate tells by webhook (Replicate HTTP API docs, 2026-11). */
export type WebhookEvent = "start" | "output" | "logs" | "completed";

/** How the simulator delivers webhooks. */
export interface WebhookOptions {
  /** Sends them. Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Events that are late, in milliseconds before `timeScale`; enough for one makes them arrive out of order. Default: none. */
  readonly delaysMs?: Partial<Readonly<Record<WebhookEvent, number>>>;
  /** Sends every webhook this many times, under one `webhook-id`. Default 1. */
  readonly copies?: number;
  /** Events that never arrive. Default: none. */
  readonly drop?: readonly WebhookEvent[];
  /** How long the receiver may take, in real milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
}

/** One attempt to deliver a webhook. */
export interface WebhookDelivery {
  /** The `webhook-id`, shared by all attempts and copies. */
  readonly id: string;
  readonly predictionId: string;
  readonly event: WebhookEvent;
  readonly url: string;
  /** From 1. */
  readonly attempt: number;
  /** On the simulator's clock, in milliseconds since 1970. */
  readonly at: number;
  /** The receiver's HTTP status; `null` where there was no answer. */
  readonly status: number | null;
}
