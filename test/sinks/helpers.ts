import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { SinkImage } from "../../src/runs/sink.ts";
import { tinyPng } from "../replicate/helpers.ts";

/** A new folder, gone with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "restage-sink-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file below a folder, by its path from there. */
export function listFiles(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => statSync(join(folder, path)).isFile()).sort();
}

/** A stream of these pieces, which ends with the error, where there is one. */
export function toStream(pieces: readonly Uint8Array<ArrayBuffer>[], error?: unknown): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = left.shift();
      if (piece) controller.enqueue(piece);
      else if (error) controller.error(error);
      else controller.close();
    },
  });
}

/** An image to be put, a tiny one unless told otherwise. */
export function toSinkImage(more: Partial<SinkImage> = {}): SinkImage {
  const type = { contentType: "image/png", extension: "png" } as const;
  return { runId: "run_1", index: 0, kind: "staged", ...type, body: toStream([tinyPng.slice(0, 30), tinyPng.slice(30)]), ...more };
}
