import type { Cost, Price } from "../model/price.ts";
import type { Origin, Warning } from "../model/warning.ts";

/** Where a run stands. `succeeded`, `failed`, `canceled`, `aborted` and `expired` (paid, images gone) are final. */
export type RunState = "preparing" | "creating" | "unknown" | "running" | "succeeded" | "failed" | "canceled" | "aborted" | "expired";

/** The states of a run that is not over. */
export const openStates: readonly RunState[] = ["preparing", "creating", "unknown", "running"];

/** The final states. */
export const finalStates: readonly RunState[] = ["succeeded", "failed", "canceled", "aborted", "expired"];

/** An error as a run keeps it. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly billed: "no" | "yes" | "unknown";
}

/**
 * What a prediction of ours is recognised by in a listing: every scalar sent, and every https address. Free texts stand as
 * `text:` and addresses as `address:`, each with its SHA-256.
 */
export type Mark = Readonly<Record<string, string | number | boolean>>;

/** One create of a run. Times are ISO strings in UTC. */
export interface Attempt {
  /** 1, 2, 3 … within the run. */
  readonly number: number;
  readonly modelId: string;
  readonly mark: Mark;
  /** When it was sent, on Replicate's clock: the last `Date` that Replicate told before, so at most a minute too early. */
  readonly sentAt: string;
  /** By when its connection is closed, on Replicate's clock; `null` where Replicate told no `Date`, so that no listing proves anything. */
  readonly closedAt: string | null;
  /** What told its prediction: the answer to the create, a listing, a webhook, or a person; `null` until there is one. */
  readonly foundBy: "answer" | "listing" | "webhook" | "person" | null;
  /** `null` until Replicate answered with an id. */
  readonly predictionId: string | null;
  /** Replicate's own status; `null` until it answered. */
  readonly predictionStatus: "starting" | "processing" | "succeeded" | "failed" | "canceled" | "aborted" | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  /** Seconds of computing, as Replicate measured them. */
  readonly predictTimeSeconds: number | null;
  /** Where the finished images are, for one hour. */
  readonly outputUrls: readonly string[];
  readonly cost: Cost | null;
  readonly error: RunError | null;
}

/** One image of a run, as the books keep it. */
export interface ImageRecord {
  readonly contentType: string;
  readonly byteLength: number;
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
  /** SHA-256 of its pixels as they are coded, in hex: the same where only metadata differs; `null` where images pass on unlabelled. */
  readonly imageDataSha256: string | null;
  /** 16 hex digits, alike for pictures that look alike; `null` where the client was given no `perceptualHash`. */
  readonly perceptualHash: string | null;
  /** Where it is kept; `null` while only the caller has it. */
  readonly location: string | null;
}

/** What a listing has to show with a staged photo; see docs/provenance.md. */
export interface Disclosure {
  /** What has to be said next to the image. */
  readonly statement: string;
  /** Where the unaltered photo is: in the sink, or the address it came from, without its query; `null` where nobody keeps it. */
  readonly originalLocation: string | null;
  /** SHA-256 of the unaltered photo, in hex; `null` for one that was given as an address, which is passed on unread. */
  readonly originalSha256: string | null;
  /** SHA-256 of each staged image as it came home, in hex. */
  readonly stagedSha256: readonly string[];
  readonly modelId: string;
  /** When the images came home. */
  readonly at: string;
}

/** What a person made of a staging. */
export interface Feedback {
  readonly accepted: boolean;
  readonly reason: string | null;
  readonly at: string;
}

/** The photo of a run: where it came from, never its bytes. */
export interface PhotoRecord {
  readonly source: "url" | "bytes";
  readonly contentType: string | null;
  readonly byteLength: number | null;
  /** SHA-256 of the bytes, in hex; `null` for a URL, which is passed on unread. */
  readonly sha256: string | null;
  /** Where a sink keeps it, or the address that it was given as, without its query; absent where nobody keeps it. */
  readonly location?: string;
}

/** One staging in our books, from request to images and cost. Plain JSON. */
export interface RunRecord {
  readonly id: string;
  /** Counts the changes of this record; every update expects the version that it read. */
  readonly version: number;
  readonly state: RunState;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
  readonly projectId: string | null;
  /** What belongs together, such as the photos of one listing. */
  readonly group: string | null;
  /** How many runs its group will have; `null` where nobody told. */
  readonly groupSize: number | null;
  /** The variant of an experiment that it belongs to. */
  readonly variant: string | null;
  readonly idempotencyKey: string | null;
  /** SHA-256 over the request: the same key with another fingerprint is a conflict. */
  readonly fingerprint: string;
  readonly photo: PhotoRecord | null;
  readonly room: string | null;
  readonly style: string | null;
  readonly mode: string | null;
  /** The prompt as it was sent; `null` unless the client keeps prompts. */
  readonly prompt: string | null;
  /** The version of the composed prompt's wording. */
  readonly promptVersion: string;
  readonly modelId: string;
  /** Who chose the model. */
  readonly modelOrigin: Origin;
  /** The config that ran, by Replicate's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where each value of the config came from. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** The versions of the stored configs that took part; `null` where none is stored. */
  readonly configVersions: { readonly global: number | null; readonly project: number | null };
  readonly extraInput: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Warning[];
  readonly attempts: readonly Attempt[];
  readonly images: readonly ImageRecord[];
  /** What the model cost when the run was made; `null` where nobody knows. */
  readonly price: Price | null;
  /** The most that one attempt can cost. */
  readonly estimate: Cost;
  /** The sum over the attempts; `null` until an attempt is settled. */
  readonly cost: Cost | null;
  readonly disclosure: Disclosure | null;
  readonly feedback: Feedback | null;
  readonly error: RunError | null;
  /** Whether a cancel was asked for; whoever finds the prediction cancels it. */
  readonly cancelRequested: boolean;
  /** The photo's file at Replicate, deleted once the run is settled. */
  readonly uploadedFileId: string | null;
  /** Until when a process holds the run, by the store's clock; `null` while nobody does. */
  readonly leaseExpiresAt: string | null;
}
