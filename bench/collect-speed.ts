import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectImages } from "../src/client/collect-images.ts";
import { createContext } from "../src/client/create-context.ts";
import { registry } from "../src/models/registry.ts";
import type { RunRecord } from "../src/runs/run.ts";
import { folderSink } from "../src/sinks/folder-sink.ts";
import type { Measurement } from "./measurement.ts";
import { median } from "./median.ts";

const [imagesPerRound, concurrency] = [48, 8];

/** Brings one image home, as the n-th run. */
type Collect = (run: number) => Promise<unknown>;

/**
 * Images of 5 MB per second from Replicate into a folder, eight at a time, by bare `fetch` into the same folder: once as they come by default,
 * labelled, and once passed on as they are. What bare `fetch` leaves out: bounds on bytes, pixels and time, type, hashes and label. Over a line
 * of 1 Gbit/s, as a service has one; and without a line, where only the processor counts: bounds for the worst.
 */
export async function measureCollectSpeed(): Promise<readonly Measurement[]> {
  const [paced, unpaced] = [await measureLine(125_000_000, 3), await measureLine(0, 5)];
  return [
    { name: "labelled images of 5 MB over 1 Gbit/s, by bare fetch", value: paced.labelled, unit: "×", limit: { atLeast: 0.8 } },
    { name: "images of 5 MB passed on over 1 Gbit/s, by bare fetch", value: paced.passedOn, unit: "×", limit: { atLeast: 0.8 } },
    { name: "labelled images of 5 MB, the processor alone, by bare fetch", value: unpaced.labelled, unit: "×", limit: { atLeast: 0.4 } },
    { name: "images of 5 MB passed on, the processor alone, by bare fetch", value: unpaced.passedOn, unit: "×", limit: { atLeast: 0.6 } },
    { name: "memory while labelled images come home, by images under way", value: unpaced.labelledHeld, unit: "×", limit: { atMost: 3 } },
    { name: "memory while images are passed on, by images under way", value: unpaced.passedOnHeld, unit: "×", limit: { atMost: 3 } },
  ];
}

async function measureLine(bytesPerSecond: number, rounds: number) {
  const directory = await mkdtemp(join(tmpdir(), "restage-bench-"));
  const server = fork(join(import.meta.dirname, "serve-image.ts"), [String(bytesPerSecond)]);
  try {
    const [{ port, imageBytes }] = await once(server, "message");
    const origin = `http://127.0.0.1:${port}`;
    const sides = [toClientSide(origin, directory, true), toClientSide(origin, directory, false), toFetchSide(origin, directory)] as const;
    const speeds: number[][] = [[], [], []];
    const peaks: number[][] = [[], [], []];
    for (let round = -1; round < rounds; round++) {
      // In turning order: whatever else the machine does slows all of them.
      for (const place of [0, 1, 2].map((step) => (step + Math.abs(round)) % 3)) {
        const { imagesPerSecond, peakBytes } = await measure(sides[place] as Collect);
        await rm(directory, { recursive: true });
        if (round < 0) continue;
        speeds[place]?.push(imagesPerSecond);
        peaks[place]?.push(peakBytes);
      }
    }
    const [labelled = [], passedOn = [], bare = []] = speeds;
    const by = (some: readonly number[]) => median(some.map((speed, round) => speed / (bare[round] ?? Number.NaN)));
    const held = (place: 0 | 1) => Math.max(...(peaks[place] ?? [])) / (concurrency * imageBytes);
    return { labelled: by(labelled), passedOn: by(passedOn), labelledHeld: held(0), passedOnHeld: held(1) };
  } finally {
    server.kill();
    await rm(directory, { recursive: true, force: true });
  }
}

function toClientSide(origin: string, directory: string, label: boolean): Collect {
  const context = createContext(
    { token: "r8_none", baseUrl: `${origin}/v1`, sink: folderSink({ directory }), disclosure: { label } },
    registry,
  );
  const run = { modelId: "qwen/qwen-image-edit", attempts: [], photo: null } as unknown as RunRecord;
  return (number) => collectImages(context, { ...run, id: `run_${number}` }, [`${origin}/0.png`], undefined);
}

function toFetchSide(origin: string, directory: string): Collect {
  const sink = folderSink({ directory });
  const { signal } = new AbortController();
  return async (number) => {
    const { body } = await fetch(`${origin}/0.png`);
    const image = { runId: `run_${number}`, kind: "staged", index: 0, contentType: "image/png", extension: "png" } as const;
    return sink.put({ ...image, body: body as ReadableStream<Uint8Array<ArrayBuffer>> }, { signal });
  };
}

async function measure(collect: Collect): Promise<{ readonly imagesPerSecond: number; readonly peakBytes: number }> {
  let [left, peakBytes] = [imagesPerRound, 0];
  const before = process.memoryUsage().arrayBuffers;
  const gauge = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers - before);
  }, 5);
  const begun = performance.now();
  const collectAll = async () => {
    for (; left > 0; ) await collect(left--);
  };
  await Promise.all(Array.from({ length: concurrency }, collectAll));
  const imagesPerSecond = (imagesPerRound / (performance.now() - begun)) * 1_000;
  clearInterval(gauge);
  return { imagesPerSecond, peakBytes };
}
