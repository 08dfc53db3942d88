import { expect, it } from "vitest";
import type { StagingClientOptions } from "../../src/client/staging-client-options.ts";
import type { SinkImage } from "../../src/runs/sink.ts";
import type { ReplicateSimulator } from "../../src/testing/index.ts";
import { countOf, rejection, request, setTheStage, tinyPng } from "./helpers.ts";
import { imageEvents, memorySink } from "./sinks.ts";

interface Trouble {
  readonly options?: StagingClientOptions;
  /** What Replicate's address of the image gives. */
  readonly image?: Uint8Array;
  readonly begin?: (simulator: ReplicateSimulator) => void;
  /** What the sink does instead of keeping a staged image. */
  readonly put?: (image: SinkImage) => unknown;
  readonly code: "sink" | "image_download";
  readonly reason: string;
  /** How often it is tried at once: once, where trying again cannot help. */
  readonly tries: 1 | 3;
}

const fullDisk = Object.assign(new Error("ENOSPC: no space left on device, write '/secret/path'"), { code: "ENOSPC" });
const bomb = Buffer.from(tinyPng);
bomb.writeUInt32BE(40_000, 16);
bomb.writeUInt32BE(40_000, 20);
const page = (simulator: ReplicateSimulator) => simulator.faults.add({ on: "output", kind: "html", status: 200, times: 10 });
const cut = (simulator: ReplicateSimulator) => simulator.faults.add({ on: "output", kind: "reset", when: "mid_body", times: 10 });
const gone = (simulator: ReplicateSimulator) => simulator.faults.add({ on: "output", kind: "html", status: 503, times: 10 });

const troubles: Readonly<Record<string, Trouble>> = {
  "a sink that always fails": { put: () => Promise.reject(new TypeError("down")), code: "sink", reason: "TypeError", tries: 3 },
  "a sink that throws at once": {
    put: () => {
      throw new TypeError("down");
    },
    code: "sink",
    reason: "TypeError",
    tries: 3,
  },
  "a sink whose disk is full": { put: () => Promise.reject(fullDisk), code: "sink", reason: "ENOSPC", tries: 3 },
  "a sink that takes half of it": {
    put: async ({ body }) => (await body.cancel()) ?? { location: "half" },
    code: "sink",
    reason: "did not read the image to its end",
    tries: 3,
  },
  "an output that is HTML": { begin: page, code: "image_download", reason: "an HTML page came", tries: 1 },
  "an output that is not there for now": { begin: gone, code: "image_download", reason: "HTTP 503", tries: 3 },
  "an output that is always cut": {
    begin: cut,
    image: Buffer.concat([tinyPng, Buffer.alloc(300_000)]),
    code: "image_download",
    reason: "the connection broke",
    tries: 3,
  },
  "an image bomb": { image: bomb, code: "image_download", reason: "40000 x 40000 pixels", tries: 1 },
  "an image of too many bytes": {
    options: { maximumImageBytes: 1_000 },
    image: Buffer.concat([tinyPng, Buffer.alloc(1_000)]),
    code: "image_download",
    reason: "larger than 1000 bytes",
    tries: 1,
  },
};

const ways = [{ disclosure: { label: true } }, { disclosure: { label: false } }] as const;

it.each(
  Object.entries(troubles).flatMap(([name, trouble]) =>
    ways.map((way) => [name, way.disclosure.label ? "held for its label" : "passed on", way, trouble] as const),
  ),
)("%s, while the image is %s, is told, and nothing is lost", async (_, __, way, trouble) => {
  let isOver = false;
  const sink = memorySink((image) => (isOver ? undefined : trouble.put?.(image)));
  const draw = async () => trouble.image ?? tinyPng;
  const { client, another, simulator, events, run } = await setTheStage({ ...way, sink, ...trouble.options }, { draw });
  trouble.begin?.(simulator);

  const error = await rejection(client.stage(request));
  expect(error).toMatchObject({ code: trouble.code, billed: "yes", runId: (await run()).id, retryable: trouble.tries > 1 });
  const { reason, code, tries } = trouble;
  const told = Array.from({ length: tries }, (_, index) => ({ code, kind: "staged", tries: index + 1, willRetry: index + 1 < tries }));
  expect(imageEvents(events).slice(1)).toMatchObject(
    told.map((event) => ({ type: "image.failed", ...event, reason: expect.stringContaining(reason) })),
  );
  expect(JSON.stringify(events)).not.toContain("secret");
  expect(await run()).toMatchObject({
    state: "running",
    images: [],
    cost: { microUsd: 30_000 },
    attempts: [{ predictionStatus: "succeeded" }],
  });
  expect((await run()).attempts[0]?.outputUrls).toHaveLength(1);

  isOver = true;
  simulator.faults.clear();
  const [resumed] = await another({ maximumImageBytes: 1_000_000, maximumImagePixels: 2_000_000_000 }).resume();
  expect(resumed?.run).toMatchObject({ state: "succeeded", images: [{ location: `memory:${(await run()).id}/staged/0` }] });
  expect([countOf(simulator, "create"), simulator.predictions.length]).toEqual([1, 1]);
});
