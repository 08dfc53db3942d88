import type { RunRecord } from "../runs/run.ts";
import type { SinkImage } from "../runs/sink.ts";

/** What a client tells while it works. Every event of a run names the run and its model. */
export type ClientEvent =
  | { readonly type: "notice"; readonly code: "model_version_ignored"; readonly message: string }
  /** A webhook of a prediction that no run has: one of another service on the same account, or of a run that is not in this store. */
  | { readonly type: "webhook.foreign"; readonly predictionId: string }
  /** The budgets could not say for which runs something is reserved; the next `resume` asks again. */
  | { readonly type: "budgets.unreachable"; readonly code: string | null }
  | (OfRun & { readonly type: "run.created" })
  | (OfRun & { readonly type: "photo.uploaded"; readonly byteLength: number })
  | (OfRun & { readonly type: "attempt.sent"; readonly attempt: number })
  | (OfRun & { readonly type: "attempt.accepted"; readonly attempt: number; readonly predictionId: string })
  /** Replicate throttled the create: nothing was created, and it is sent again. */
  | (OfRun & { readonly type: "attempt.throttled"; readonly attempt: number; readonly retryAfterMs: number | null })
  /** No answer tells whether a prediction was created: Replicate's listings are asked. */
  | (OfRun & { readonly type: "attempt.unknown"; readonly attempt: number; readonly reason: string })
  /** A listing shows the prediction, or a webhook came of it. */
  | (OfRun & { readonly type: "attempt.found"; readonly attempt: number; readonly predictionId: string })
  /** Two complete listings show none: nothing was created. */
  | (OfRun & { readonly type: "attempt.absent"; readonly attempt: number })
  /** Only a person can tell: `client.conclude`. */
  | (OfRun & { readonly type: "run.left_unknown"; readonly reason: string })
  /** Taken over from a process that is gone. */
  | (OfRun & { readonly type: "run.resumed" })
  | (OfRun & { readonly type: "attempt.status"; readonly attempt: number; readonly predictionId: string; readonly status: string })
  /** The images that a webhook told of did not come home; unless the run is finished, `resume` tries again. `code`: that of the `RestageError`. */
  | (OfRun & { readonly type: "run.uncollected"; readonly code: string | null })
  /** What the run cost did not reach the budgets: what is reserved for it stays so until `resume` tells them. */
  | (OfRun & { readonly type: "run.unsettled"; readonly code: string | null })
  /** A sink keeps the image. */
  | (OfRun & { readonly type: "image.kept"; readonly kind: SinkImage["kind"]; readonly index: number; readonly location: string })
  /** An image was not brought home, or not kept. What is not tried again now, `wait` and `resume` try again. */
  | (OfRun & {
      readonly type: "image.failed";
      readonly kind: SinkImage["kind"];
      readonly index: number;
      readonly code: string;
      readonly reason: string;
      /** How often it was tried. */
      readonly tries: number;
      readonly willRetry: boolean;
    })
  /** `perceptualHash` failed: the image came home, and is not found by what it looks like. */
  | (OfRun & { readonly type: "image.unhashed"; readonly index: number; readonly code: string | null })
  /** All runs of a group are over, as many as its `groupSize` tells; may come more than once. */
  | (OfRun & { readonly type: "group.completed"; readonly runs: number; readonly succeeded: number; readonly costMicroUsd: number | null })
  | (OfRun & { readonly type: "run.finished"; readonly state: string; readonly costMicroUsd: number | null; readonly durationMs: number });

/** Which run an event is about. */
export interface OfRun {
  readonly runId: string;
  readonly modelId: string;
  readonly projectId: string | null;
  readonly group: string | null;
}

/** Tells an event of a run. Never throws. */
export type Emit = (run: RunRecord, event: RunEvent) => void;

/** An event of a run, without the run. */
export type RunEvent = ClientEvent extends infer Event ? (Event extends OfRun ? Omit<Event, keyof OfRun> : never) : never;

/** The part of an event that says which run it is about. */
export function ofRun({ id, modelId, projectId, group }: Pick<RunRecord, "id" | "modelId" | "projectId" | "group">): OfRun {
  return { runId: id, modelId, projectId, group };
}
