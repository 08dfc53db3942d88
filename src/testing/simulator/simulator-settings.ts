import { randomInt } from "node:crypto";
import type { AnyModel } from "../../model/model.ts";
import type { MicroUsd } from "../../model/price.ts";
import { registry } from "../../models/registry.ts";
import type { DrawStaged } from "../draw-request.ts";
import { drawStaged } from "../draw-staged.ts";
import type { RateLimitOptions } from "./rate-limit.ts";
import type { ReplicateSimulatorOptions } from "./replicate-simulator-options.ts";
import { createSeeded, type Seeded } from "./seeded.ts";
import { defaultBehaviour, type UnestablishedBehaviour } from "./unestablished-behaviour.ts";
import type { WebhookOptions } from "./webhook-options.ts";

/** The options with their defaults. Durations are scaled unless their comment says otherwise. */
export interface SimulatorSettings {
  readonly models: ReadonlyMap<string, AnyModel>;
  readonly seed: number;
  readonly seeded: Seeded;
  readonly token: string;
  readonly webhookSecret: string;
  readonly creditMicroUsd: MicroUsd | null;
  /** A duration of Replicate's in milliseconds, as long as it takes here. */
  scale(ms: number): number;
  readonly timeScale: number;
  /** Not scaled. */
  readonly startingMs: number;
  readonly durationJitter: number;
  readonly minuteMs: number;
  readonly maximumRunMs: number;
  readonly dataRetentionMs: number;
  readonly fileLifetimeMs: number;
  readonly maximumFileBytes: number;
  readonly maximumRecordedRequests: number;
  readonly rateLimits: RateLimitOptions | false;
  readonly webhooks: WebhookOptions;
  /** Its `listingLagMs` is scaled. */
  readonly behaviour: UnestablishedBehaviour;
  readonly draw: DrawStaged;
  readonly fetchPhoto: (url: URL) => Promise<Uint8Array | null>;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Fills in the defaults. */
export function toSimulatorSettings(options: ReplicateSimulatorOptions): SimulatorSettings {
  const { seed = randomInt(2 ** 32), timeScale = 1 } = options;
  const seeded = createSeeded(seed);
  const scale = (ms: number): number => ms * timeScale;
  const behaviour = { ...defaultBehaviour, ...options.behaviour };
  const models: readonly AnyModel[] = options.models ?? registry.list();
  return {
    models: new Map(models.map((model) => [model.id, model])),
    seed,
    seeded,
    token: options.token ?? seeded.token(),
    webhookSecret: seeded.webhookSecret(),
    creditMicroUsd: options.creditMicroUsd ?? null,
    scale,
    timeScale,
    startingMs: options.startingMs ?? 300,
    durationJitter: options.durationJitter ?? 0.2,
    minuteMs: scale(minuteMs),
    maximumRunMs: scale(30 * minuteMs),
    dataRetentionMs: scale(hourMs),
    fileLifetimeMs: scale(24 * hourMs),
    maximumFileBytes: options.maximumFileBytes ?? 100 * 1024 * 1024,
    maximumRecordedRequests: options.maximumRecordedRequests ?? Number.POSITIVE_INFINITY,
    rateLimits: options.rateLimits ?? {},
    webhooks: options.webhooks ?? {},
    behaviour: { ...behaviour, listingLagMs: scale(behaviour.listingLagMs) },
    draw: options.draw ?? drawStaged,
    fetchPhoto: options.fetchPhoto ?? fetchFromLoopback,
  };
}

async function fetchFromLoopback(url: URL): Promise<Uint8Array | null> {
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)) return null;
  const response = await fetch(url);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}
