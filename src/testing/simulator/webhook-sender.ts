import { toPredictionJson } from "./prediction-json.ts";
import type { PredictionRecord } from "./prediction-record.ts";
import { outputTimes, toPredictionEnd, toPredictionState } from "./prediction-state.ts";
import { signWebhook } from "./sign-webhook.ts";
import type { TaskClock } from "./simulator-clock.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";
import type { WebhookDelivery, WebhookEvent } from "./webhook-options.ts";

/** Sends the webhooks of predictions. */
export interface WebhookSender {
  readonly deliveries: readonly WebhookDelivery[];
  /** Plans the webhooks that are still to come; called again when the prediction's end changes. */
  track(record: PredictionRecord): void;
  stop(): void;
}

interface Moment {
  readonly event: WebhookEvent;
  readonly at: number;
}

interface Message {
  readonly id: string;
  readonly record: PredictionRecord;
  readonly url: string;
  readonly event: WebhookEvent;
  readonly body: string;
}

// The last one is retried "for about a minute" (Replicate HTTP API docs, 2026-11): 61 s.
const retryDelaysMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/** Sends webhooks when the clock says so. */
export function createWebhookSender(settings: SimulatorSettings, clock: TaskClock): WebhookSender {
  const { fetch: post = fetch, delaysMs = {}, copies = 1, drop = [], timeoutMs = 10_000 } = settings.webhooks;
  const stopped = new AbortController();
  const deliveries: WebhookDelivery[] = [];
  const planned = new Map<string, { readonly at: number; readonly cancel: () => void }[]>();

  const attempt = async (message: Message, number: number): Promise<void> => {
    const { id, record, url, event, body } = message;
    const at = clock.now();
    const headers = { "content-type": "application/json", ...signWebhook(settings.webhookSecret, id, at, body) };
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(timeoutMs)]);
    // 3xx is not followed, and counts as an answer.
    const status = await post(url, { method: "POST", headers, body, redirect: "manual", signal }).then(readStatus, () => null);
    if (stopped.signal.aborted) return;
    deliveries.push({ id, predictionId: record.id, event, url, attempt: number, at, status });
    const delayMs = retryDelaysMs[number - 1];
    if (event !== "completed" || delayMs === undefined || (status !== null && status < 400)) return;
    clock.at(clock.now() + settings.scale(delayMs), () => attempt(message, number + 1));
  };
  const send = async (record: PredictionRecord, url: string, { event, at }: Moment): Promise<void> => {
    if (event === "completed") planned.delete(record.id);
    const body = JSON.stringify(toPredictionJson(record, toPredictionState(record, at, settings), settings.behaviour));
    const message: Message = { id: `msg_${settings.seeded.id("webhook")}`, record, url, event, body };
    await Promise.all(Array.from({ length: copies }, () => attempt(message, 1)));
  };
  return {
    deliveries,
    track(record) {
      const { webhook } = record;
      if (webhook === null) return;
      const now = clock.now();
      const earlier = planned.get(record.id) ?? [];
      for (const { at, cancel } of earlier) if (at > now) cancel();
      const moments = toMoments(record, settings).filter(({ event, at }) => {
        return at >= now && at < Number.POSITIVE_INFINITY && webhook.events.includes(event) && !drop.includes(event);
      });
      const toTask = (moment: Moment) => {
        const due = moment.at + settings.scale(delaysMs[moment.event] ?? 0);
        return { at: moment.at, cancel: clock.at(due, () => send(record, webhook.url, moment)) };
      };
      planned.set(record.id, moments.map(toTask));
    },
    stop: () => stopped.abort(),
  };
}

function toMoments(record: PredictionRecord, settings: SimulatorSettings): readonly Moment[] {
  const end = toPredictionEnd(record, settings);
  const { startsAt } = record.plan;
  const runMs = end.at - startsAt;
  const running: Moment[] = [
    { event: "start", at: startsAt },
    { event: "logs", at: startsAt + runMs * 0.3 },
  ];
  return [
    ...(startsAt < end.at && end.status !== "aborted" ? running : []),
    ...[...new Set(outputTimes(record, end, settings))].map((at): Moment => ({ event: "output", at })),
    { event: "completed", at: end.at },
  ];
}

async function readStatus(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}
