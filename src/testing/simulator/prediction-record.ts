import type { AnyModel } from "../../model/model.ts";
import type { PhotoSource } from "./photo-source.ts";
import type { Site } from "./site.ts";
import type { WebhookEvent } from "./webhook-options.ts";

/** All six statuses (Replicate HTTP API docs, 2026-11). */
export type PredictionStatus = "starting" | "processing" | "succeeded" | "failed" | "canceled" | "aborted";

/** What is fixed about a prediction when it is created: its state at any time follows. Times are milliseconds since 1970. */
export interface PredictionRecord {
  readonly id: string;
  /** Tells predictions of one millisecond apart: later ones have higher numbers. */
  readonly sequence: number;
  readonly model: AnyModel;
  /** `"hidden"`, or the version that was asked for. */
  readonly version: string;
  /** `"elsewhere"`: by another program that shares the account. */
  readonly by: "client" | "elsewhere";
  readonly source: "api" | "web";
  /** The addresses by which its creator knows the simulator. */
  readonly site: Site;
  /** As it was sent. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Keys of the input that the model does not publish. */
  readonly ignoredInputs: readonly string[];
  readonly createdAt: number;
  readonly plan: PredictionPlan;
  readonly deadlineAt: number | null;
  /** Emptied when its data is removed. */
  photos: readonly PhotoSource[];
  /** Kept when its data is removed, since its photos decided on it. */
  end: PredictionEnd | null;
  /** When its user canceled it. */
  cancelAt: number | null;
  readonly webhook: {
    readonly url: string;
    readonly events: readonly WebhookEvent[];
    readonly filter: readonly WebhookEvent[] | null;
  } | null;
  /** Called when its end changes. */
  readonly wakers: Set<() => void>;
  /** The images drawn so far, by index. */
  readonly drawn: Map<number, Promise<Uint8Array>>;
  /** The seed of its picture. */
  readonly seed: number;
}

/** Where a prediction ends. */
export interface PredictionEnd {
  /** Infinite when nothing ends it. */
  readonly at: number;
  readonly status: Exclude<PredictionStatus, "starting" | "processing">;
  readonly error: string | null;
}

/** How a prediction goes if nobody stops it. */
export interface PredictionPlan {
  /** Infinite when it never starts. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly status: "succeeded" | "failed" | "canceled" | "aborted";
  readonly error: string | null;
  /** How many images it gives. */
  readonly outputs: number;
  /** Answered as `output` as it is. */
  readonly output?: unknown;
}
