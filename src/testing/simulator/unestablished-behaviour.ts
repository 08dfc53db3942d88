/**
 * How the simulator behaves where Replicate's documentation does not say what Replicate does (checked 2026-11). Nothing here is a fact:
 * code that depends on one of these answers should be tested with all of them.
 */
export interface UnestablishedBehaviour {
  /**
   * What the create, get and cancel calls answer as `input`: all of it, file values replaced by other addresses, or `{}`.
   * @default "verbatim"
   */
  readonly echoedInput: InputEcho;
  /**
   * The same for entries of a listing.
   * @default "verbatim"
   */
  readonly listedInput: InputEcho;
  /**
   * How long after its creation a prediction appears in listings, in milliseconds.
   * @default 0
   */
  readonly listingLagMs: number;
  /**
   * Whether `created_after` includes a prediction created at that very moment.
   * @default false
   */
  readonly createdAfterInclusive: boolean;
  /**
   * Whether `created_before` includes a prediction created at that very moment.
   * @default false
   */
  readonly createdBeforeInclusive: boolean;
  /**
   * Whether a prediction's `webhook` and `webhook_events_filter` are part of its answers.
   * @default true
   */
  readonly echoesWebhook: boolean;
  /**
   * What becomes of input keys that the model does not publish: ignored (as in late 2026), or refused with 422 (as for a while in 2026).
   * @default "ignore"
   */
  readonly unknownInputs: "ignore" | "refuse";
  /**
   * What becomes of a value past a limit that is only documented, such as a Kontext `safety_tolerance` above 2 with a photo: accepted,
   * refused with 422, or accepted and then failed by moderation.
   * @default "accept"
   */
  readonly documentedLimits: "accept" | "refuse" | "moderate";
  /**
   * What `output` holds while the status is still `processing`: nothing, all images from 90 % of the run on, or one image after the other.
   * @default "none"
   */
  readonly processingOutput: "none" | "complete" | "partial";
  /**
   * Where a 429 says how long to wait: the `Retry-After` header, `retry_after` in the body, `~Ns` in the text.
   * @default ["body", "text"]
   */
  readonly throttleTells: readonly ThrottleTell[];
  /**
   * The HTTP status of a create whose `Prefer: wait` ran out.
   * @default 202
   */
  readonly unfinishedWaitStatus: 201 | 202;
  /**
   * The status of a prediction that its user canceled before it started; the documentation names `aborted` only for deadlines.
   * @default "canceled"
   */
  readonly canceledBeforeStart: "canceled" | "aborted";
  /**
   * Whether a failed prediction is charged for the images it would have given.
   * @default false
   */
  readonly chargesFailed: boolean;
  /**
   * Whether enumerations in `openapi_schema` stand behind `allOf: [{ $ref }]` or in the property itself. Both were seen.
   * @default true
   */
  readonly enumsAsReferences: boolean;
}

/** How much of its input a prediction's answer repeats. */
export type InputEcho = "verbatim" | "files_rewritten" | "omitted";

/** A place where a 429 may say how long to wait. */
export type ThrottleTell = "header" | "body" | "text";

export const defaultBehaviour: UnestablishedBehaviour = {
  echoedInput: "verbatim",
  listedInput: "verbatim",
  listingLagMs: 0,
  createdAfterInclusive: false,
  createdBeforeInclusive: false,
  echoesWebhook: true,
  unknownInputs: "ignore",
  documentedLimits: "accept",
  processingOutput: "none",
  throttleTells: ["body", "text"],
  unfinishedWaitStatus: 202,
  canceledBeforeStart: "canceled",
  chargesFailed: false,
  enumsAsReferences: true,
};
