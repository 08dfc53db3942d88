import type { RunState } from "../../src/runs/run.ts";
import type { Fault, FaultTarget, Outcome, ReplicateSimulator, ReplicateSimulatorOptions } from "../../src/testing/index.ts";

/** One way in which a staging can end badly, and how it must end. */
export interface Failure {
  readonly name: string;
  readonly fault?: Fault & { readonly on: FaultTarget };
  readonly outcome?: Outcome;
  readonly behaviour?: ReplicateSimulatorOptions["behaviour"];
  readonly requestTimeoutMs?: number;
  readonly error: { readonly code: string; readonly billed?: "no" | "yes" | "unknown"; readonly retryable?: boolean };
  readonly state: RunState;
  /** How many POSTs create a prediction; default 1. */
  readonly creates?: number | "several";
  /** How many predictions exist afterwards; default 1. */
  readonly predictions?: number;
  /** What the run has cost; default 0, `null` while it is not settled. */
  readonly microUsd?: number | null;
}

/** Nobody can tell by what Replicate lists and answers whose prediction it is. */
export const unrecognisable = { listedInput: "omitted", echoedInput: "omitted" } as const;

const unknown = {
  behaviour: unrecognisable,
  error: { code: "unknown_outcome", billed: "unknown", retryable: false },
  state: "unknown",
  microUsd: null,
} as const;
// Sent once more when it is certain that nothing was created, and then no more.
const notCreated = {
  error: { code: "not_created", billed: "no", retryable: true },
  state: "failed",
  creates: 2,
  predictions: 0,
} as const;
const refused = { state: "failed", predictions: 0 } as const;
const notUploaded = { state: "failed", creates: 0, predictions: 0 } as const;
const running = { state: "running", microUsd: null } as const;
// Whether a failure is charged is not established: its cost is unknown.
const failed = { error: { code: "prediction_failed", billed: "unknown", retryable: true }, state: "failed", microUsd: null } as const;

/** The create is done, and its answer is lost. */
export const lostAnswers: readonly Pick<Failure, "name" | "fault" | "requestTimeoutMs">[] = [
  { name: "create reset after the work is done", fault: { on: "create", kind: "reset", when: "after_accept" } },
  { name: "create reset within the answer", fault: { on: "create", kind: "reset", when: "mid_body" } },
  { name: "create hangs", fault: { on: "create", kind: "hang", accepted: true }, requestTimeoutMs: 200 },
  { name: "create drips too slowly", fault: { on: "create", kind: "drip", chunkBytes: 1, everyMs: 50 }, requestTimeoutMs: 200 },
  { name: "create 500, and done", fault: { on: "create", kind: "status", status: 500, accepted: true } },
  { name: "create 307, and done", fault: { on: "create", kind: "redirect", accepted: true } },
  { name: "create HTML 403, and done", fault: { on: "create", kind: "html", accepted: true } },
  { name: "create truncated", fault: { on: "create", kind: "truncate" } },
  { name: "create garbled", fault: { on: "create", kind: "garble" } },
  { name: "create of another shape", fault: { on: "create", kind: "shape", body: { ok: true } } },
  { name: "create with a list", fault: { on: "create", kind: "shape", body: [] } },
  { name: "create with an id that is a path", fault: { on: "create", kind: "shape", body: { id: "../account", status: "starting" } } },
];

/** Everything that can go wrong between the first byte and the last image; a fault befalls every call of its kind. */
export const failures: readonly Failure[] = [
  ...lostAnswers.map((lost) => ({ ...lost, ...unknown })),
  { name: "create reset before the body is read", fault: { on: "create", kind: "reset", when: "before_read" }, ...notCreated },
  { name: "create reset after the body is read", fault: { on: "create", kind: "reset", when: "after_read" }, ...notCreated },
  { name: "create hangs, and nothing is done", fault: { on: "create", kind: "hang" }, requestTimeoutMs: 60, ...notCreated },
  { name: "create 408", fault: { on: "create", kind: "status", status: 408 }, ...notCreated },
  { name: "create 421", fault: { on: "create", kind: "status", status: 421 }, ...notCreated },
  { name: "create 307", fault: { on: "create", kind: "redirect" }, ...notCreated },
  { name: "create 500", fault: { on: "create", kind: "status", status: 500 }, ...notCreated },
  { name: "create 502", fault: { on: "create", kind: "status", status: 502 }, ...notCreated },
  { name: "create 503", fault: { on: "create", kind: "status", status: 503 }, ...notCreated },
  { name: "create HTML 403", fault: { on: "create", kind: "html" }, ...notCreated },
  {
    name: "create throttled",
    fault: { on: "create", kind: "throttle", retryAfterSeconds: 9 },
    ...refused,
    creates: "several",
    error: { code: "throttled", billed: "no", retryable: true },
  },
  {
    name: "create 400",
    fault: { on: "create", kind: "status", status: 400 },
    ...refused,
    error: { code: "replicate_answer", billed: "no" },
  },
  {
    name: "create 401",
    fault: { on: "create", kind: "status", status: 401 },
    ...refused,
    error: { code: "unauthenticated", billed: "no" },
  },
  {
    name: "create 402",
    fault: { on: "create", kind: "status", status: 402 },
    ...refused,
    error: { code: "insufficient_credit", billed: "no" },
  },
  {
    name: "create 404",
    fault: { on: "create", kind: "status", status: 404 },
    ...refused,
    error: { code: "replicate_answer", billed: "no" },
  },
  { name: "create 413", fault: { on: "create", kind: "status", status: 413 }, ...refused, error: { code: "refused_input", billed: "no" } },
  { name: "create 422", fault: { on: "create", kind: "status", status: 422 }, ...refused, error: { code: "refused_input", billed: "no" } },
  {
    name: "upload reset",
    fault: { on: "upload", kind: "reset", when: "after_read" },
    ...notUploaded,
    error: { code: "connection", billed: "no", retryable: true },
  },
  {
    name: "upload 401",
    fault: { on: "upload", kind: "status", status: 401 },
    ...notUploaded,
    error: { code: "unauthenticated", billed: "no" },
  },
  {
    name: "upload 413",
    fault: { on: "upload", kind: "status", status: 413 },
    ...notUploaded,
    error: { code: "refused_input", billed: "no" },
  },
  {
    name: "upload 500",
    fault: { on: "upload", kind: "status", status: 500 },
    ...notUploaded,
    error: { code: "replicate_answer", billed: "no" },
  },
  { name: "upload garbled", fault: { on: "upload", kind: "garble" }, ...notUploaded, error: { code: "replicate_answer", billed: "no" } },
  { name: "look 401", fault: { on: "get", kind: "status", status: 401 }, ...running, error: { code: "unauthenticated" } },
  { name: "look 404", fault: { on: "get", kind: "status", status: 404 }, ...running, error: { code: "replicate_answer" } },
  {
    name: "look always 500",
    fault: { on: "get", kind: "status", status: 500 },
    ...running,
    error: { code: "wait_timeout", billed: "unknown", retryable: true },
  },
  {
    name: "look always reset",
    fault: { on: "get", kind: "reset", when: "after_read" },
    ...running,
    error: { code: "wait_timeout", billed: "unknown" },
  },
  { name: "look always garbled", fault: { on: "get", kind: "garble" }, ...running, error: { code: "wait_timeout", billed: "unknown" } },
  { name: "prediction failed", outcome: { status: "failed" }, ...failed },
  {
    name: "prediction moderated",
    outcome: { error: "The input or output was flagged as sensitive. Please try again (E005)" },
    ...failed,
    error: { code: "moderation", billed: "unknown", retryable: false },
  },
  {
    name: "prediction without capacity",
    outcome: { error: "Service is temporarily unavailable (E004)" },
    ...failed,
    error: { code: "capacity", billed: "unknown", retryable: true },
  },
  {
    name: "prediction out of memory",
    outcome: { error: "CUDA out of memory (E1001)" },
    ...failed,
    error: { code: "out_of_memory", billed: "unknown" },
  },
  {
    name: "prediction aborted",
    outcome: { status: "aborted" },
    error: { code: "prediction_stopped", billed: "no", retryable: true },
    state: "aborted",
  },
  {
    name: "prediction canceled",
    outcome: { status: "canceled" },
    error: { code: "prediction_stopped", billed: "yes", retryable: true },
    state: "canceled",
    microUsd: 30_000,
  },
  {
    name: "prediction past its deadline before it starts",
    outcome: { neverStarts: true },
    error: { code: "deadline", billed: "no" },
    state: "aborted",
  },
  {
    name: "prediction past its deadline while it runs",
    outcome: { durationMs: 700_000 },
    error: { code: "deadline", billed: "yes" },
    state: "canceled",
    microUsd: 30_000,
  },
  {
    name: "image always cut",
    fault: { on: "output", kind: "reset", when: "mid_body" },
    ...running,
    microUsd: 30_000,
    error: { code: "image_download", billed: "yes", retryable: true },
  },
  {
    name: "image always 500",
    fault: { on: "output", kind: "status", status: 500 },
    ...running,
    microUsd: 30_000,
    error: { code: "image_download", billed: "yes", retryable: true },
  },
  {
    name: "image is HTML",
    fault: { on: "output", kind: "html", status: 200 },
    ...running,
    microUsd: 30_000,
    error: { code: "image_download", billed: "yes", retryable: false },
  },
  {
    name: "image gone",
    fault: { on: "output", kind: "status", status: 404 },
    error: { code: "image_download", billed: "yes", retryable: true },
    state: "running",
    microUsd: 30_000,
  },
  {
    name: "image on a foreign host",
    outcome: { output: ["https://example.com/0.png"] },
    ...running,
    microUsd: 30_000,
    error: { code: "image_download", billed: "yes", retryable: false },
  },
];

/** Makes the simulator fail in this way, always. */
export function script(simulator: ReplicateSimulator, { fault, outcome }: Pick<Failure, "fault" | "outcome">): void {
  if (fault !== undefined) simulator.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
  if (outcome !== undefined) simulator.outcomes.add(outcome);
}
