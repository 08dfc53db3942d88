import { SinkError } from "../errors/sink-error.ts";
import type { Sink, SinkImage } from "../runs/sink.ts";
import { toFileError } from "./to-file-error.ts";
import { toFileName } from "./to-file-name.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Keeps images in a local folder, as `<run id>/<kind>-<index>.<extension>`; the location is the file's whole path. A file is there whole or
 * not at all, whatever fails; the same image put twice is one file. For Node, Bun and Deno.
 *
 * @example
 * ```ts
 * import { folderSink, StagingClient } from "restage";
 *
 * const client = new StagingClient({ sink: folderSink({ directory: "images" }) });
 * ```
 */
export function folderSink({ directory }: { readonly directory: string }): Sink {
  return {
    async put({ runId, kind, index, extension, body }: SinkImage) {
      const { resolve, join } = await import("node:path");
      const folder = join(resolve(directory), toFileName(runId));
      const location = join(folder, `${toFileName(`${kind}-${index}`)}.${toFileName(extension)}`);
      await writeWhole(folder, location, body);
      return { location };
    },
    async get(location) {
      const { relative, resolve, isAbsolute } = await import("node:path");
      const { readFile } = await import("node:fs/promises");
      const within = relative(resolve(directory), location);
      if (within.startsWith("..") || isAbsolute(within)) throw new SinkError("the location is outside of its folder", { retryable: false });
      return readFile(location).then(
        (bytes) => new Uint8Array(bytes),
        (error) => Promise.reject(toFileError(error)),
      );
    },
  };
}
