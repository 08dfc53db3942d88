import { ImageDownloadError } from "../errors/image-download-error.ts";
import { SinkError } from "../errors/sink-error.ts";
import type { RunRecord } from "../runs/run.ts";
import type { SinkImage } from "../runs/sink.ts";
import type { ClientContext } from "./client-context.ts";

const maximumTries = 3;

/**
 * Brings an image home or to its sink, with up to three tries where another one may help. Tells of each that fails.
 * @throws {ImageDownloadError} {SinkError} the last try's.
 */
export async function keepTrying<Value>(
  { clock, emit }: Pick<ClientContext, "clock" | "emit">,
  run: RunRecord,
  { kind, index }: Pick<SinkImage, "kind" | "index">,
  signal: AbortSignal | undefined,
  work: () => Promise<Value>,
): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!ImageDownloadError.is(error) && !SinkError.is(error)) throw error;
      // What a model made is paid, whatever a sink says of it.
      if (kind === "staged") Object.assign(error, { billed: "yes" });
      const willRetry = error.retryable && tries < maximumTries;
      emit(run, { type: "image.failed", kind, index, code: error.code, reason: error.message, tries, willRetry });
      if (!willRetry) throw error;
      await clock.sleep(500 * tries, signal);
    }
  }
}
