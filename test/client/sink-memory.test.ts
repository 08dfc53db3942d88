import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
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

it("takes memory for what is under way, and not for all: 64 images of 5 MB, four at a time", async () => {
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
    ...unlabelled,
    requestTimeoutMs: 60_000,
    limiter: false,
    fetch: (input, init) => fetch(String(input).includes("/output/") ? `${server.origin}/0.png` : input, init),
  });
  const requests = Array.from({ length: 64 }, () => ({ ...request, image: "https://example.com/room.jpg" }));
  const hashes = new Set<string | undefined>();
  for await (const { run, error } of client.stageMany(requests, { concurrency })) hashes.add(run?.images[0]?.sha256 ?? String(error));
  expect([...hashes]).toEqual([createHash("sha256").update(image).digest("hex")]);
  expect(mostUnderWay).toBeGreaterThan(1);
  // What the collector has not got to yet varies; all of them together would be 320 MB.
  expect(passing.grown() - bare.grown()).toBeLessThan(2 * concurrency * imageBytes);
});
