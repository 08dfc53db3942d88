import { join, resolve } from "node:path";
import type { Sink } from "../../runs/sink.ts";
import { toFileName } from "../../sinks/to-file-name.ts";
import { writeWhole } from "../../sinks/write-whole.ts";

/**
 * Writes staged images into a folder as `RUN-staged.EXT`, further ones numbered, before their run is settled: what is paid is on the disk,
 * or is brought home again.
 */
export function keepInFolder(directory: string): Sink {
  return {
    async put({ runId, kind, index, extension, body }) {
      const folder = resolve(directory);
      const location = join(folder, `${toFileName(runId)}-${kind}${index === 0 ? "" : `-${index + 1}`}.${toFileName(extension)}`);
      await writeWhole(folder, location, body);
      return { location };
    },
  };
}
