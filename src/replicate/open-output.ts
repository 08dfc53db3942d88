import { ImageDownloadError } from "../errors/image-download-error.ts";
import { createTimeBudget } from "./create-time-budget.ts";
import { readOutput } from "./read-output.ts";

/** How an output is reached, and what it may take. */
export interface ConnectionOptions {
  readonly fetch: typeof fetch;
  /** The origin of this base URL is trusted beside replicate.delivery. */
  readonly baseUrl: string;
  readonly maximumImageBytes: number;
  /** How long one image may take, in milliseconds; the time that its reader takes does not count. */
  readonly requestTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** An output whose bytes are on their way. It must be closed. */
export interface Output {
  /** As the answer says it; absent where it does not. Other bytes than these end in an error. */
  readonly byteLength: number | undefined;
  /**
   * The next bytes; `undefined` behind the last ones.
   * @throws {ImageDownloadError} for a broken download and for too many bytes.
   */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Lets go of the connection. */
  close(): void;
}

/**
 * Opens one output. Sends no token.
 * @throws {ImageDownloadError} for an address that is none of Replicate's, and any answer but 200.
 */
export async function openOutput(address: string, options: ConnectionOptions): Promise<Output> {
  const budget = createTimeBudget(options.requestTimeoutMs, options.signal);
  const { byteLength, chunks } = await step(() => readOutput(address, { ...options, signal: budget.signal }));
  return {
    byteLength,
    read: async () => (await step(() => chunks.next())).value ?? undefined,
    close: budget.close,
  };

  async function step<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await budget.spend(work);
    } catch (error) {
      budget.close();
      if (options.signal?.aborted) throw options.signal.reason;
      throw ImageDownloadError.is(error) ? error : new ImageDownloadError("the connection broke", { cause: error });
    }
  }
}
