import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { hashImageData } from "../../src/images/hash-image-data.ts";
import type { SinkImage } from "../../src/runs/sink.ts";
import { serveImage } from "../replicate/serve-image.ts";
import { request, setTheStage, tinyPng, unlabelled } from "./helpers.ts";

const imageBytes = 5_000_000;
const concurrency = 4;
const image = Buffer.concat([tinyPng, Buffer.alloc(imageBytes - tinyPng.length, "x")]);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The most memory that buffers took more than before, in bytes, while streams were read. */
function createGauge() {
  const measure = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const before = measure();
  let [peak, chunks] = [before, 0];
  return {
    grown: () => peak - before,
    async read(body: ReadableStream<Uint8Array>) {
      for await (const _ of body) if (++chunks % 128 === 0) peak = Math.max(peak, measure());
    },
  };
}

it.each([
  ["labelled", {}],
  ["as they come", unlabelled],
])("takes memory for what is under way, and not for all: 32 images of 5 MB, %s, four at a time", async (_, options) => {
  const server = await serveImage(image);
  const bare = createGauge();
  for (let round = 0; round < 4; round++) {
    await Promise.all(Array.from({ length: concurrency }, async () => bare.read((await fetch(server.origin)).body as ReadableStream)));
  }

  const passing = createGauge();
  let [underWay, mostUnderWay] = [0, 0];
  const sink = async ({ runId, body }: SinkImage) => {
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    await passing.read(body);
    underWay--;
    return { location: runId };
  };
  const { client } = await setTheStage({
    sink,
    ...options,
    requestTimeoutMs: 60_000,
    limiter: false,
    fetch: (input, init) => fetch(String(input).includes("/output/") ? `${server.origin}/0.png` : input, init),
  });
  const requests = Array.from({ length: 32 }, () => ({ ...request, image: "https://example.com/room.jpg" }));
  const hashes = new Set<string | null | undefined>();
  for await (const { run, error } of client.stageMany(requests, { concurrency })) {
    const [staged] = run?.images ?? [];
    hashes.add(staged ? (staged.imageDataSha256 ?? staged.sha256) : String(error));
  }
  expect([...hashes]).toEqual([options === unlabelled ? createHash("sha256").update(image).digest("hex") : await hashImageData(tinyPng)]);
  expect(mostUnderWay).toBeGreaterThan(1);
  // What the collector has not got to yet varies; all of them together would be 160 MB.
  expect(passing.grown() - bare.grown()).toBeLessThan(2 * concurrency * imageBytes);
});
