import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderSink } from "../../src/sinks/folder-sink.ts";
import { serveImage } from "../replicate/serve-image.ts";
import { listFiles, makeFolder } from "../sinks/helpers.ts";
import { mayMount, mountDisk } from "../sinks/mount-disk.ts";
import { countOf, rejection, request, seedream4, setTheStage as setTheFullStage, tinyPng, unlabelled } from "./helpers.ts";
import { imageEvents, memorySink } from "./sinks.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const hour = 3_600_000;
const setTheStage: typeof setTheFullStage = (options, replicate) => setTheFullStage({ ...unlabelled, ...options }, replicate);

async function readOnWhenAborted({ body }: { readonly body: ReadableStream }, signal: AbortSignal): Promise<never> {
  const reader = body.getReader();
  return new Promise((_, reject) => signal.addEventListener("abort", () => void reader.read().then(reject, reject)));
}

describe("a sink", () => {
  it("keeps the photo and the staged image, and the books say where", async () => {
    const directory = makeFolder();
    const { client, run, events } = await setTheStage({ sink: folderSink({ directory }) });
    const staged = await client.stage(request);
    const locations = ["original-0.png", "staged-0.png"].map((name) => join(directory, staged.id, name));
    expect(locations.map((path) => readFileSync(path))).toEqual([Buffer.from(tinyPng), Buffer.from(tinyPng)]);
    expect(listFiles(directory)).toHaveLength(2);
    const { photo, images } = await run();
    expect(photo).toMatchObject({ location: locations[0], sha256: sha256(tinyPng) });
    const looks = { imageDataSha256: null, perceptualHash: null };
    expect(images).toEqual([
      { contentType: "image/png", byteLength: tinyPng.length, sha256: sha256(tinyPng), ...looks, location: locations[1] },
    ]);
    expect(staged.images.map((image) => ({ ...image }))).toEqual(images);
    expect(imageEvents(events)).toMatchObject([
      { type: "image.kept", kind: "original", index: 0, location: locations[0], runId: staged.id },
      { type: "image.kept", kind: "staged", index: 0, location: locations[1] },
    ]);
  });

  it("gives images back, checked, also when Replicate has deleted them, and in another process", async () => {
    const directory = makeFolder();
    const sink = folderSink({ directory });
    const { client, another, simulator, clock } = await setTheStage({ sink });
    const { id, images } = await client.stage(request);
    expect(await images[0]?.bytes()).toEqual(tinyPng);
    const path = join(directory, "copy.png");
    await images[0]?.save(path);
    expect(readFileSync(path)).toEqual(Buffer.from(tinyPng));
    await clock.sleep(2 * hour);
    const again = await another().wait(id);
    expect(await again.images[0]?.bytes()).toEqual(tinyPng);
    expect(countOf(simulator, "output")).toBe(1);
    writeFileSync(images[0]?.location as string, "something else");
    expect(await rejection(images[0]?.bytes() as Promise<unknown>)).toMatchObject({ code: "sink", retryable: false, billed: "yes" });
  });

  it("keeps all images of a run, each under its index; a photo by address stays where it is", async () => {
    const sink = memorySink();
    const { client, run } = await setTheStage({ sink });
    const config = { sequential_image_generation: "auto", max_images: 3, aspect_ratio: "match_input_image" } as const;
    await client.stage({ ...request, image: "https://example.com/room.jpg", modelId: seedream4, config });
    const { id, images, photo } = await run();
    expect(images.map(({ location }) => location)).toEqual([0, 1, 2].map((index) => `memory:${id}/staged/${index}`));
    expect([...sink.images.keys()].sort()).toEqual(images.map(({ location }) => location));
    expect(photo?.location).toBe("https://example.com/room.jpg");
  });

  it("tells what it knows beforehand: type, length, and the photo's hash", async () => {
    const sink = memorySink();
    const { client } = await setTheStage({ sink });
    const { id: runId } = await client.stage(request);
    const of = { runId, index: 0, contentType: "image/png", extension: "png" };
    expect(sink.puts[0]).toMatchObject({ ...of, kind: "original", byteLength: tinyPng.length, sha256: sha256(tinyPng) });
    expect(sink.puts[1]).toMatchObject({ ...of, kind: "staged" });
    expect(sink.puts[1]).not.toHaveProperty("sha256");
  });

  it("may be a function; its images are read from where it put them", async () => {
    const { client } = await setTheStage({ sink: memorySink().put });
    const { images } = await client.stage(request);
    expect(images[0]?.location).toMatch(/^memory:/);
    expect(await rejection(images[0]?.bytes() as Promise<unknown>)).toMatchObject({ code: "sink", retryable: false });
  });

  it.each([{}, { put: 1 }, "folder", null])("is refused when it is none: %j", async (sink) => {
    expect(await rejection(setTheStage({ sink: sink as never }))).toMatchObject({ code: "invalid_request" });
  });
});

describe("a sink that fails", () => {
  const paid = { code: "sink", billed: "yes", runId: expect.stringMatching(/^run_/) };

  it.each([
    ["at once", () => Promise.reject(new Error("down"))],
    ["half way", async ({ body }: { body: ReadableStream }) => (await body.getReader().read()) && Promise.reject(new Error("down"))],
    ["by ending half way", async ({ body }: { body: ReadableStream }) => (await body.cancel()) ?? { location: "half" }],
    ["by never answering", () => new Promise(() => undefined)],
    ["by reading on when its time is over", readOnWhenAborted],
  ])("%s is tried three times; the run goes on and its images are put later", async (_, fail) => {
    let isDown = true;
    const sink = memorySink((image, _tries, signal) => (isDown ? fail(image, signal) : undefined));
    const { client, another, simulator, run, events, clock } = await setTheStage({ sink, requestTimeoutMs: 200 });
    expect(await rejection(client.stage(request))).toMatchObject({ ...paid, retryable: true });
    expect(sink.puts.filter(({ kind }) => kind === "staged")).toHaveLength(3);
    expect(imageEvents(events).slice(1)).toMatchObject(
      [1, 2, 3].map((tries) => ({ type: "image.failed", kind: "staged", index: 0, code: "sink", tries, willRetry: tries < 3 })),
    );
    expect(clock.sleeps.slice(-2)).toEqual([500, 1_000]);
    const { id, state, attempts, cost, images } = await run();
    expect({ state, urls: attempts[0]?.outputUrls.length, cost: cost?.microUsd, images }).toEqual({
      state: "running",
      urls: 1,
      cost: 30_000,
      images: [],
    });
    isDown = false;
    const [resumed] = await another().resume();
    expect(resumed?.run).toMatchObject({ id, state: "succeeded", images: [{ location: `memory:${id}/staged/0` }] });
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("twice only is not noticed but by its events", async () => {
    const sink = memorySink((_, tries) => (tries < 3 ? Promise.reject(new Error("down")) : undefined));
    const { client, events, simulator } = await setTheStage({ sink });
    expect((await client.stage(request)).images[0]?.sha256).toBe(sha256(tinyPng));
    expect(imageEvents(events).map(({ type }) => type)).toEqual(["image.kept", "image.failed", "image.failed", "image.kept"]);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("for good is not tried again: no location", async () => {
    const sink = memorySink(async ({ body }) => (await new Response(body).arrayBuffer()) && {});
    const { client } = await setTheStage({ sink });
    expect(await rejection(client.stage(request))).toMatchObject({ ...paid, retryable: false });
    expect(sink.puts).toHaveLength(2);
  });

  it("with one of several images keeps the others, and puts each again later under its own name", async () => {
    let isDown = true;
    const sink = memorySink(({ index }) => (isDown && index === 1 ? Promise.reject(new Error("down")) : undefined));
    const { client, run } = await setTheStage({ sink });
    const config = { sequential_image_generation: "auto", max_images: 3, aspect_ratio: "match_input_image" } as const;
    expect(await rejection(client.stage({ ...request, modelId: seedream4, config }))).toMatchObject(paid);
    expect(sink.images.size).toBe(3);
    isDown = false;
    expect((await client.wait((await run()).id)).images).toHaveLength(3);
    expect(sink.images.size).toBe(4);
  });

  it("at the photo ends the staging before anything is sent or paid; its idempotency key stays free", async () => {
    const kept = memorySink();
    let isDown = true;
    const { client, simulator, runs, events } = await setTheStage({
      sink: (...call) => (isDown ? Promise.reject(new Error("down")) : kept.put(...call)),
    });
    const keyed = { ...request, idempotencyKey: "listing-1/photo-1" };
    expect(await rejection(client.stage(keyed))).toMatchObject({ code: "sink", billed: "no", retryable: true });
    expect(imageEvents(events)).toMatchObject([1, 2, 3].map((tries) => ({ type: "image.failed", kind: "original", tries })));
    expect([countOf(simulator, "upload"), countOf(simulator, "create")]).toEqual([0, 0]);
    expect((await runs())[0]).toMatchObject({ state: "failed", error: { code: "sink", billed: "no" }, cost: { microUsd: 0 } });
    isDown = false;
    expect((await client.stage(keyed)).state).toBe("succeeded");
  });

  it("says nothing of what its error holds", async () => {
    const error = Object.assign(new Error("PUT https://bucket/?X-Amz-Signature=secret"), { code: "AccessDenied", body: "secret" });
    const sink = memorySink(() => Promise.reject(error));
    const { client, events } = await setTheStage({ sink });
    const caught = await rejection(client.stage(request));
    expect(caught).toMatchObject({ message: expect.stringContaining("AccessDenied"), cause: error });
    expect(JSON.stringify([caught, events]) + String(caught)).not.toContain("secret");
  });

  it("does not hold up a caller who gives up", async () => {
    const controller = new AbortController();
    let sinkSignal: AbortSignal | undefined;
    const sink = memorySink((_, __, signal) => {
      sinkSignal = signal;
      controller.abort("the user left");
      return new Promise(() => undefined);
    });
    const { client, run } = await setTheStage({ sink });
    expect(await rejection(client.stage(request, { signal: controller.signal }))).toBe("the user left");
    expect(sinkSignal?.aborted).toBe(true);
    expect((await run()).state).toBe("running");
  });

  it.skipIf(!mayMount)("because its disk is full loses nothing", async () => {
    const directory = mountDisk("size=128k");
    const [free, used] = [join(directory, "used"), new Uint8Array(128 * 1_024 - 16_384)];
    writeFileSync(free, used);
    const large = Buffer.concat([tinyPng, new Uint8Array(40_000)]);
    const { client, run, events } = await setTheStage({ sink: folderSink({ directory }) }, { draw: async () => large });
    expect(await rejection(client.stage(request))).toMatchObject({ ...paid, message: expect.stringContaining("ENOSPC") });
    expect(imageEvents(events).at(-1)).toMatchObject({ type: "image.failed", reason: expect.stringContaining("disk is full") });
    const { id } = await run();
    expect(listFiles(directory)).toEqual([`${id}/original-0.png`, "used"]);
    writeFileSync(free, "");
    expect((await client.wait(id)).images[0]?.sha256).toBe(sha256(large));
  });
});

describe("an image that does not come as it should", () => {
  it("cut on its way to the sink ends the put, which is tried again", async () => {
    const image = Buffer.concat([tinyPng, Buffer.alloc(300_000, "x")]);
    const ends: unknown[] = [];
    const sink = memorySink(async ({ body }, tries) => {
      if (tries === 3) return undefined;
      await new Response(body).arrayBuffer().catch((error) => ends.push(error));
      return { location: "half" };
    });
    const { client, simulator } = await setTheStage({ sink }, { draw: async () => image });
    simulator.faults.add({ on: "output", times: 2, kind: "reset", when: "mid_body" });
    expect((await client.stage(request)).images[0]).toMatchObject({ sha256: sha256(image), location: expect.stringMatching(/^memory:/) });
    // The sink swallowed the error and answered: that counts for nothing.
    expect(ends).toMatchObject([{ code: "image_download" }, { code: "image_download" }]);
    expect(countOf(simulator, "output")).toBe(3);
  });

  it("goes on in the same put where the server can", async () => {
    const image = Buffer.concat([tinyPng, Buffer.alloc(300_000, "x")]);
    const server = await serveImage(image, { etag: () => '"v1"', cutAfterBytes: 100_000, cuts: 2 });
    const sink = memorySink();
    const { client } = await setTheStage({
      sink,
      fetch: (input, init) => fetch(String(input).includes("/output/") ? `${server.origin}/0.png` : input, init),
    });
    const { images } = await client.stage(request);
    expect(images[0]).toMatchObject({ byteLength: image.length, sha256: sha256(image) });
    expect(sink.puts.filter(({ kind }) => kind === "staged")).toHaveLength(1);
    expect(server.asked.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
  });

  it("but as HTML reaches no sink", async () => {
    const sink = memorySink();
    const { client, simulator, events, run } = await setTheStage({ sink });
    simulator.faults.add({ on: "output", kind: "html", status: 200 });
    const error = await rejection(client.stage(request));
    expect(error).toMatchObject({ code: "image_download", retryable: false, billed: "yes", message: expect.stringContaining("HTML") });
    expect(sink.puts.map(({ kind }) => kind)).toEqual(["original"]);
    expect(imageEvents(events).at(-1)).toMatchObject({ type: "image.failed", code: "image_download", tries: 1, willRetry: false });
    expect((await client.wait((await run()).id)).images).toHaveLength(1);
  });

  it.each(["with a sink", "without one"])("but as a bomb of pixels is not taken, %s", async (how) => {
    const bomb = Buffer.from(tinyPng);
    bomb.writeUInt32BE(20_000, 16);
    bomb.writeUInt32BE(20_000, 20);
    const sink = memorySink();
    const { client, another, run } = await setTheStage(how === "with a sink" ? { sink } : {}, { draw: async () => bomb });
    const message = expect.stringContaining("20000 x 20000 pixels");
    expect(await rejection(client.stage(request))).toMatchObject({ code: "image_download", retryable: false, billed: "yes", message });
    expect(sink.images.size).toBe(how === "with a sink" ? 1 : 0);
    expect((await run()).state).toBe("running");
    // Whoever wants it can have it.
    expect((await another({ maximumImagePixels: 400_000_000 }).wait((await run()).id)).images).toHaveLength(1);
  });
});
