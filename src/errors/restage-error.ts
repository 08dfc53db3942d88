/** Whether Replicate charges for what was asked: `"unknown"` where no answer tells. */
export type Billed = "no" | "yes" | "unknown";

/** What an error tells beyond its message; all but `cause` become fields of it. */
export interface RestageErrorDetails {
  /** Whether the same call may succeed later without being changed. Default `false`. */
  readonly retryable?: boolean;
  /** Default `"no"`. */
  readonly billed?: Billed;
  /** The original error. Never one that holds a token, a prompt or an image. */
  readonly cause?: unknown;
  readonly [detail: string]: unknown;
}

// In the global symbol registry, so that the ESM and the CommonJS build know each other's errors.
const mark = Symbol.for("restage.error");

/**
 * The base of every error that this library throws. Tell errors apart with `is` or by `code`, not with `instanceof`:
 * a process may hold the ESM and the CommonJS build at once.
 *
 * @example
 * ```ts
 * import { InvalidConfigError, QwenConfig, RestageError } from "restage";
 *
 * try {
 *   QwenConfig.parse({ output_quality: 900 });
 * } catch (error) {
 *   if (InvalidConfigError.is(error)) console.error(error.problems);
 *   else if (RestageError.is(error)) console.error(error.code, error.retryable, error.billed);
 *   else throw error;
 * }
 * ```
 */
export abstract class RestageError extends Error {
  /** The code that all errors of a class share; the base class has none. */
  declare static readonly code: string | undefined;

  /** What kind of error this is, in snake_case, stable across releases. */
  declare readonly code: string;
  /** Whether the same call may succeed later without being changed. */
  declare readonly retryable: boolean;
  /** Whether Replicate charges for what was asked. */
  declare readonly billed: Billed;
  /** The run that the error is about, where there is one. */
  declare readonly runId?: string;
  /** The prediction that the error is about; `null` or absent where there is none. */
  declare readonly predictionId?: string | null;

  constructor(message: string, { cause, ...details }: RestageErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = new.target.code ?? "restage";
    this.name = toClassName(this.code);
    Object.assign(this, { retryable: false, billed: "no" }, details);
    Object.defineProperty(this, mark, { value: true });
  }

  /** Whether `value` is an error of the class this is called on, or of any class when called on `RestageError`. */
  static is<Instance extends RestageError>(
    this: { readonly code: string | undefined; readonly prototype: Instance },
    value: unknown,
  ): value is Instance {
    return value instanceof Error && mark in value && (this.code === undefined || (value as unknown as RestageError).code === this.code);
  }

  /** The same error, said of a run whose prediction was sent: what it cost is no longer known to be nothing. */
  ofSentRun(runId: string, predictionId: string | null = this.predictionId ?? null): this {
    return Object.assign(this, { runId, predictionId, billed: this.billed === "no" ? "unknown" : this.billed });
  }

  /** Plain JSON for logs: name, code, message and the details of the class, without cause and stack. */
  toJSON(): object {
    return { ...this, message: this.message };
  }
}

// Not `new.target.name`, which a host's minifier rewrites.
function toClassName(code: string): string {
  return `${code.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase())}Error`;
}
