import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { findByHash } from "../../src/disclosure/find-by-hash.ts";
import { labelImage } from "../../src/disclosure/label-image.ts";
import { type ListedDisclosure, listDisclosures } from "../../src/disclosure/list-disclosures.ts";
import { toDisclosure } from "../../src/disclosure/to-disclosure.ts";
import { hashImageData } from "../../src/images/hash-image-data.ts";
import { perceptualHash } from "../../src/images/perceptual-hash.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import type { SinkImage } from "../../src/runs/sink.ts";
import { folderSink } from "../../src/sinks/folder-sink.ts";
import { createSeeded } from "../../src/testing/simulator/seeded.ts";
import { qwen, rejection, request, seedream4, setTheStage, tinyPng } from "../client/helpers.ts";
import { imageEvents, memorySink } from "../client/sinks.ts";
import { makeFolder } from "../sinks/helpers.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

/** A picture of which no two are alike: sixty-four patches, grey by chance, without sharp edges. */
const draw = async (seed = 1) => {
  const { share } = createSeeded(seed);
  const patches = Uint8Array.from({ length: 64 }, (_, at) => 255 * share(`${at}`));
  const size = { width: 160, height: 160, fit: "fill", kernel: "cubic" } as const;
  return new Uint8Array(
    await sharp(patches, { raw: { width: 8, height: 8, channels: 1 } })
      .resize(size)
      .toColourspace("srgb")
      .png()
      .toBuffer(),
  );
};

/** A png that comes in several pieces. */
const drawLarge = () =>
  sharp({ create: { width: 400, height: 400, channels: 3, background: "white", noise: { type: "gaussian", sigma: 30 } } })
    .png()
    .toBuffer();

/** Somebody else's XMP, put into a png at this place. */
function insertXmp(png: Buffer, at: number): Buffer {
  const data = Buffer.from("XML:com.adobe.xmp\0\0\0\0\0<x/>");
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from("iTXt"), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length);
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)]);
}

/** As one reads who knows the length, and looks no further. */
async function readToEnd({ runId, body, byteLength = 0 }: SinkImage) {
  const reader = body.getReader();
  for (let left = byteLength; left > 0; ) left -= (await reader.read()).value?.length ?? 0;
  return { location: runId };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("a staged image", () => {
  it("says by default what it is, with the pixels that the model made", async () => {
    const drawn = await draw();
    const { client } = await setTheStage({}, { draw: async () => drawn });
    const run = await client.stage(request);
    const bytes = (await run.images[0]?.bytes()) as Uint8Array;
    const text = Buffer.from(bytes).toString("latin1");
    for (const part of ["compositeWithTrainedAlgorithmicMedia", run.id, run.modelId, "not there"]) expect(text).toContain(part);
    expect(await pixels(bytes)).toEqual(await pixels(drawn));
    expect(run.images[0]).toMatchObject({
      byteLength: bytes.length,
      sha256: sha256(bytes),
      imageDataSha256: await hashImageData(drawn as Uint8Array<ArrayBuffer>),
      perceptualHash: null,
    });
  });

  it("is the same file each time that it comes home, whether or not its prediction is known to be over", async () => {
    const { client, another, run: theRun } = await setTheStage();
    const run = await client.stage(request);
    const again = await another().wait(run.id);
    expect(again.images[0]?.sha256).toBe(run.images[0]?.sha256);
    const { attempts, ...settled } = await theRun();
    const early = { ...settled, attempts: attempts.map((attempt) => ({ ...attempt, completedAt: null })) };
    expect(sha256(labelImage(tinyPng, early))).toBe(run.images[0]?.sha256);
  });

  it("of a model that took no photo is called made, not altered", async () => {
    const { client, run: theRun } = await setTheStage();
    await client.stage(request);
    const run = { ...(await theRun()), photo: null };
    expect(toDisclosure(run, run.images, "")).toMatchObject({
      originalLocation: null,
      originalSha256: null,
      statement: expect.stringContaining("made by an AI model"),
    });
    expect(Buffer.from(labelImage(tinyPng, run)).toString("latin1")).toContain("/trainedAlgorithmicMedia");
  });

  it("is labelled on its way into the sink, to the byte as a whole one, and its length is told beforehand", async () => {
    const drawn = await draw();
    const sink = memorySink((_, tries) => (tries < 3 ? Promise.reject(new Error("down")) : undefined));
    const { client, simulator, run: theRun } = await setTheStage({ sink }, { draw: async () => drawn });
    const run = await client.stage(request);
    const [image] = run.images;
    const kept = sink.images.get(image?.location ?? "") as Uint8Array;
    expect(kept).toEqual(labelImage(drawn, await theRun()));
    expect(image).toMatchObject({ sha256: sha256(kept), byteLength: kept.length, imageDataSha256: await hashImageData(drawn) });
    expect(sink.puts.at(-1)).toMatchObject({ byteLength: kept.length });
    expect(simulator.requests.filter(({ target }) => target === "output")).toHaveLength(3);
    expect((await theRun()).images).toEqual(run.images.map((one) => ({ ...one })));
  });

  it.each([
    ["its metadata stand behind the pixels", (png: Buffer) => insertXmp(png, png.length - 12)],
    ["it is broken", (png: Buffer) => png.subarray(0, -3)],
  ])("is put once more, whole, when it turns out on the way that %s", async (_, change) => {
    const drawn = new Uint8Array(change(await drawLarge()));
    const cut: string[] = [];
    const sink = memorySink((image, tries) =>
      tries > 1 ? undefined : readToEnd(image).catch((error) => Promise.reject(cut.push(error.code))),
    );
    const { client, events, run: theRun } = await setTheStage({ sink }, { draw: async () => drawn });
    const run = await client.stage(request);
    const [image] = run.images;
    const kept = sink.images.get(image?.location ?? "") as Uint8Array;
    expect(kept).toEqual(labelImage(drawn, await theRun()));
    expect(image).toMatchObject({ sha256: sha256(kept), imageDataSha256: await hashImageData(drawn) });
    expect(cut).toEqual(["image_download"]);
    expect(imageEvents(events)).toMatchObject([
      { type: "image.kept", kind: "original" },
      { type: "image.failed", kind: "staged", code: "image_download", reason: expect.stringContaining("label"), willRetry: true },
      { type: "image.kept", kind: "staged" },
    ]);
  });

  it("of a type that has no room for a label is found by the hash of its file", async () => {
    const gif = new Uint8Array(await sharp(tinyPng).gif().toBuffer());
    const { client } = await setTheStage({ sink: memorySink() }, { draw: async () => gif });
    const [image] = (await client.stage(request)).images;
    expect(image).toMatchObject({ contentType: "image/gif", sha256: sha256(gif), imageDataSha256: sha256(gif) });
  });

  it("is whole at each try, whatever a sink does with the memory of its pieces", async () => {
    const kept: Buffer[] = [];
    let tries = 0;
    const sink = async ({ kind, body }: SinkImage) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(structuredClone(piece, { transfer: [piece.buffer] }));
      if (kind === "staged" && ++tries < 3) throw new Error("down");
      kept.push(Buffer.concat(pieces));
      return { location: kind };
    };
    const drawn = new Uint8Array(await drawLarge());
    expect(drawn.length).toBeGreaterThan(300_000);
    const { client } = await setTheStage({ sink }, { draw: async () => drawn });
    const run = await client.stage({ ...request, image: drawn });
    expect(kept.map(sha256)).toEqual([run.photo?.sha256, run.images[0]?.sha256]);
  });

  it("that a sink reads in part only is not kept", async () => {
    const sink = async ({ runId, body }: { runId: string; body: ReadableStream<Uint8Array> }) => {
      await body.cancel();
      return { location: runId };
    };
    const { client } = await setTheStage({ sink });
    expect(await rejection(client.stage({ ...request, image: "https://example.com/room.jpg" }))).toMatchObject({
      code: "sink",
      billed: "yes",
    });
  });

  it("stays as the model made it where nothing is to be said", async () => {
    const { client } = await setTheStage({ disclosure: false });
    const run = await client.stage(request);
    expect(await run.images[0]?.bytes()).toEqual(tinyPng);
    expect(run.disclosure).toBeNull();
  });

  it.each(["", "  ", "x".repeat(1_001), 5])("cannot say %j", async (statement) => {
    const error = await rejection(setTheStage({ disclosure: { statement: statement as string } }));
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("disclosure.statement") });
  });
});

describe("a run's disclosure", () => {
  it("names the statement, original and result", async () => {
    const directory = makeFolder();
    const { client, run: theRun } = await setTheStage({ sink: folderSink({ directory }), disclosure: { statement: "Virtually staged." } });
    const staged = await client.stage(request);
    const { disclosure, finishedAt, images } = await theRun();
    expect(disclosure).toEqual({
      statement: "Virtually staged.",
      originalLocation: join(directory, staged.id, "original-0.png"),
      originalSha256: sha256(tinyPng),
      stagedSha256: [images[0]?.sha256],
      modelId: qwen,
      at: finishedAt,
    });
    expect(sha256(readFileSync(images[0]?.location ?? ""))).toBe(disclosure?.stagedSha256[0]);
  });

  it("is not there before the images are, nor of a run that failed", async () => {
    const { client, simulator, run: theRun } = await setTheStage();
    simulator.outcomes.add({ status: "failed" });
    await rejection(client.stage(request));
    expect((await theRun()).disclosure).toBeNull();
  });

  it("is listed for a group, image by image", async () => {
    const { client, runStore } = await setTheStage();
    const config = { sequential_image_generation: "auto", max_images: 2, aspect_ratio: "match_input_image" } as const;
    const image = "https://photos.example.com/7/room.jpg?token=secret";
    const run = await client.stage({ ...request, image, group: "listing 7", modelId: seedream4, config });
    await client.stage({ ...request, group: "listing 8" });
    const listed = await collect<ListedDisclosure>(listDisclosures(runStore, { group: "listing 7" }));
    const shared = {
      runId: run.id,
      group: "listing 7",
      projectId: null,
      originalLocation: "https://photos.example.com/7/room.jpg",
      originalSha256: null,
    };
    expect(listed).toMatchObject([0, 1].map((index) => ({ ...shared, index, stagedSha256: run.images[index]?.sha256 })));
    expect(await collect(listDisclosures(runStore))).toHaveLength(3);
  });
});

describe("an image that is found somewhere", () => {
  const stageThree = async () => {
    let seed = 0;
    const stage = await setTheStage({ perceptualHash }, { draw: async () => draw(++seed) });
    const runs = [await stage.client.stage(request), await stage.client.stage(request), await stage.client.stage(request)];
    const bytes = (await runs[1]?.images[0]?.bytes()) as Uint8Array<ArrayBuffer>;
    return { ...stage, id: runs[1]?.id, bytes };
  };

  it("leads to its run by the file, by its image data where metadata are gone, and by its looks where it was encoded anew", async () => {
    const { runStore, id, bytes } = await stageThree();
    const find = async (file: Buffer | Uint8Array) => {
      const [first] = await findByHash(new Uint8Array(file), { runStore, perceptualHash });
      return first && { id: first.run.id, index: first.index, matchedBy: first.matchedBy };
    };
    expect(await find(bytes)).toEqual({ id, index: 0, matchedBy: "file" });
    expect(await find(stripText(bytes))).toEqual({ id, index: 0, matchedBy: "image_data" });
    expect(await find(await sharp(bytes).resize(80).jpeg({ quality: 70 }).toBuffer())).toEqual({ id, index: 0, matchedBy: "looks" });
    expect(await find(await draw(40))).toBeUndefined();
  });

  it("leads to the run that it looks most like, be it the oldest of many, and to no more than were asked for", async () => {
    const { runStore, client, bytes } = await stageThree();
    const [like] = await findByHash(bytes, { runStore });
    const hash = like?.run.images[0]?.perceptualHash as string;
    // One bit away, and two images of it in each run.
    const near = hash.slice(0, -1) + (Number.parseInt(hash.slice(-1), 16) ^ 1).toString(16);
    for (let count = 0; count < 12; count++) {
      const { id } = await client.stage(request);
      const { version, images } = (await runStore.get(id)) as RunRecord;
      await runStore.update(id, version, { images: [...images, ...images].map((image) => ({ ...image, perceptualHash: near })) });
    }
    const jpeg = new Uint8Array(await sharp(bytes).jpeg({ quality: 95 }).toBuffer());
    const matches = await findByHash(jpeg, { runStore, perceptualHash: async () => hash, limit: 5 });
    expect(matches.map(({ distance }) => distance)).toEqual([0, 1, 1, 1, 1]);
    expect(matches[0]?.run.id).toBe(like?.run.id);
  });

  it.each([0, 1.5, 1_001, "5"])("is not looked for with a limit of %j", async (limit) => {
    const { runStore } = await setTheStage();
    expect(await rejection(findByHash(tinyPng, { runStore, limit: limit as number }))).toMatchObject({ code: "invalid_request" });
  });

  it("is found by its exact data only where nobody can tell what it looks like", async () => {
    const { runStore, bytes } = await stageThree();
    const jpeg = new Uint8Array(await sharp(bytes).jpeg().toBuffer());
    expect(await findByHash(jpeg, { runStore })).toEqual([]);
  });

  it("of which nobody can tell what it looks like comes home all the same", async () => {
    const broken = async () => Promise.reject(new Error("no"));
    const { client, events } = await setTheStage({ perceptualHash: broken });
    expect((await client.stage(request)).images[0]).toMatchObject({ perceptualHash: null, sha256: expect.any(String) });
    expect(events).toContainEqual(expect.objectContaining({ type: "image.unhashed", index: 0 }));
  });
});

/** A png without its text chunks, as image tools write it. */
function stripText(bytes: Uint8Array): Uint8Array {
  const parts = [bytes.subarray(0, 8)];
  const view = Buffer.from(bytes);
  for (let at = 8; at < bytes.length; ) {
    const end = at + 12 + view.readUInt32BE(at);
    if (!["iTXt", "tEXt"].includes(view.toString("latin1", at + 4, at + 8))) parts.push(bytes.subarray(at, end));
    at = end;
  }
  expect(parts.length).toBeGreaterThan(2);
  return Buffer.concat(parts);
}
