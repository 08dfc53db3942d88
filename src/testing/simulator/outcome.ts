/** What becomes of a coming prediction, instead of a success after its usual duration. */
export interface Outcome {
  /** How it ends. `aborted` ends before it starts, `canceled` ends while running, as if somebody canceled it. Default `"succeeded"`. */
  readonly status?: "succeeded" | "failed" | "canceled" | "aborted";
  /** The text of a failure, such as `"The input or output was flagged as sensitive. (E005)"`. */
  readonly error?: string;
  /** How long it runs, in milliseconds before `timeScale`. Default: about the model's usual duration. */
  readonly durationMs?: number;
  /** How long it waits before it runs, in milliseconds before `timeScale`. */
  readonly startingMs?: number;
  /** It stays `starting` until it is canceled or its deadline passes. */
  readonly neverStarts?: boolean;
  /** How many images it gives. Default: the most that its input allows. */
  readonly outputs?: number;
  /** Answered as `output` as it is, for shapes and addresses that nobody expects. */
  readonly output?: unknown;
  /** Only for predictions of this model. Default: any. */
  readonly modelId?: string;
  /** For how many predictions. Default 1. */
  readonly times?: number;
}

/** The scripted outcomes, used in the order in which they were added. */
export interface Outcomes {
  add(outcome: Outcome): void;
  /** Drops those not used yet. */
  clear(): void;
}

/** A queue of outcomes; `take` gives the one for a prediction of this model. */
export function createOutcomes(): Outcomes & { take(modelId: string): Outcome } {
  let queue: { readonly outcome: Outcome; left: number }[] = [];
  return {
    add: (outcome) => {
      queue.push({ outcome, left: outcome.times ?? 1 });
    },
    clear: () => {
      queue = [];
    },
    take(modelId) {
      const entry = queue.find(({ outcome }) => outcome.modelId === undefined || outcome.modelId === modelId);
      if (entry === undefined) return {};
      entry.left -= 1;
      if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
      return entry.outcome;
    },
  };
}
