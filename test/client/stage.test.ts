import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { StagedImage } from "../../src/client/staged-image.ts";
import type { StagingClientOptions } from "../../src/client/staging-client-options.ts";
import { defineModel, qwenImageEdit, registry } from "../../src/models/index.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { createFastClock, type ReplicateSimulator } from "../../src/testing/index.ts";
import { tinyGif, tinyJpeg, tinyWebp } from "../replicate/helpers.ts";
import {
  countOf,
  pro,
  qwen,
  rejection,
  request,
  seedream4,
  setEnvironment,
  setTheStage,
  tinyPng,
  toDataUrl,
  unlabelled,
} from "./helpers.ts";

describe("a staging that goes well", () => {
  it("uploads the photo, creates once, looks, brings the image home and cleans up", async () => {
    const { client, simulator, run: theRun } = await setTheStage();
    const run = await client.stage(request);
    expect(simulator.requests.map(({ target }) => target).filter((target, index, all) => target !== all[index - 1])).toEqual([
      "upload",
      "create",
      "get",
      "output",
      "file",
    ]);
    const { images, ...record } = run;
    expect(await theRun()).toEqual({ ...record, images: images.map((image) => ({ ...image })) });
    expect(record).toMatchObject({
      state: "succeeded",
      modelId: qwen,
      modelOrigin: "default",
      photo: { source: "bytes", contentType: "image/png", byteLength: tinyPng.length, sha256: sha256(tinyPng) },
      room: "living_room",
      style: "scandinavian",
      mode: "stage",
      cost: { microUsd: 30_000, basis: "table", outputs: 1 },
      error: null,
      cancelRequested: false,
      projectId: null,
      group: null,
      idempotencyKey: null,
    });
    expect(record.attempts).toHaveLength(1);
    expect(record.attempts[0]).toMatchObject({
      number: 1,
      modelId: qwen,
      predictionId: simulator.predictions[0]?.id,
      predictionStatus: "succeeded",
      cost: record.cost,
      error: null,
      outputUrls: [expect.stringContaining("/output/")],
    });
    expect(simulator.ledger.microUsd).toBe(30_000);
  });

  it("sends what the run says that it sent", async () => {
    const { client, simulator } = await setTheStage();
    const run = await client.stage({ ...request, config: { output_format: "png", seed: 7 } });
    const { prompt, image, ...rest } = toSent(simulator);
    expect(run.config).toMatchObject(rest);
    expect(run.attempts[0]?.mark).toEqual({
      ...rest,
      prompt: `text:${sha256(String(prompt))}`,
      image: `address:${sha256(String(image))}`,
    });
    expect(rest).toMatchObject({ output_format: "png", seed: 7 });
    expect(run.origins).toMatchObject({ seed: "request", output_format: "request", go_fast: "default" });
  });

  it.each([
    [qwen, 1],
    [pro, 1],
    [seedream4, 3],
  ] as const)("gives one image or many: %s %i", async (modelId, outputs) => {
    const { client, simulator } = await setTheStage();
    const config = modelId === seedream4 ? { sequential_image_generation: "auto", max_images: 3, aspect_ratio: "match_input_image" } : {};
    const run = await client.stage({ ...request, modelId, config } as typeof request);
    expect(run.images).toHaveLength(outputs);
    expect(run.cost).toMatchObject({ outputs, microUsd: simulator.ledger.microUsd });
    expect(countOf(simulator, "output")).toBe(outputs);
  });

  it.each([
    ["image/jpeg", tinyJpeg],
    ["image/webp", tinyWebp],
    ["image/gif", tinyGif],
  ])("types images by their bytes: %s", async (contentType, bytes) => {
    const { client } = await setTheStage(unlabelled, { draw: async () => bytes });
    const [image] = (await client.stage(request)).images;
    expect(image).toMatchObject({ contentType, byteLength: bytes.length, sha256: sha256(bytes), location: null });
  });

  it("gives images that can be read and saved, and that nobody can change", async () => {
    const folder = await mkdtemp(join(tmpdir(), "restage-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { client } = await setTheStage(unlabelled);
    const [image] = (await client.stage(request)).images;
    expect(image).toBeInstanceOf(StagedImage);
    const bytes = await image?.bytes();
    expect(bytes).toEqual(tinyPng);
    bytes?.fill(0);
    expect(await image?.bytes()).toEqual(tinyPng);
    const path = join(folder, "staged.png");
    await image?.save(path);
    expect(new Uint8Array(await readFile(path))).toEqual(tinyPng);
    expect(await rejection(image?.save(join(folder, "no", "such", "folder.png")) ?? Promise.resolve())).toMatchObject({ code: "ENOENT" });
  });

  it("gives a run that is plain JSON and holds no bytes", async () => {
    const { client } = await setTheStage();
    const run = await client.stage({ ...request, extraInput: { extra: [1, { deep: null }] }, group: "villa", config: { seed: 5 } });
    const json = JSON.parse(JSON.stringify(run));
    expect(json).toEqual({ ...run, images: run.images.map((image) => ({ ...image })) });
    expect(JSON.stringify(run)).not.toContain(Buffer.from(tinyPng).toString("base64").slice(8, 40));
    expect(json.extraInput).toEqual({ extra: [1, { deep: null }] });
    for (const time of [run.createdAt, run.updatedAt, run.finishedAt, run.attempts[0]?.sentAt, run.attempts[0]?.completedAt]) {
      expect(new Date(String(time)).toISOString()).toBe(time);
    }
  });

  it("brings the images home once more when the run is waited for again, and changes nothing", async () => {
    const { client, simulator, another, run: theRun } = await setTheStage(unlabelled);
    const { id } = await client.stage(request);
    const before = await theRun();
    const again = await another().wait(id);
    expect(await again.images[0]?.bytes()).toEqual(tinyPng);
    expect(await theRun()).toEqual(before);
    await simulator.clock.advance(3_700_000);
    expect(await rejection(client.wait(id))).toMatchObject({ code: "images_expired", runId: id, billed: "yes" });
    expect(await theRun()).toEqual(before);
  });

  it("passes on the options of the client", async () => {
    const options: StagingClientOptions = { webhook: { url: "https://example.com/hook" }, cancelAfterMs: 90_500 };
    const { client, simulator } = await setTheStage(options as never);
    await client.start(request);
    const [create] = simulator.requests.filter(({ target }) => target === "create");
    expect(create).toMatchObject({
      headers: { "cancel-after": "91s" },
      body: { webhook: "https://example.com/hook", webhook_events_filter: ["completed"] },
    });
  });

  it("runs a model of the service's own, at a pinned version and without a price", async () => {
    const version = "0123456789abcdef".repeat(4);
    const { price: _, ...withoutPrice } = qwenImageEdit;
    const mine = defineModel({
      ...withoutPrice,
      id: "acme/stager",
      settingsKey: "acme_stager",
      version,
    });
    const settings = createSettings({ store: memoryConfigStore(), registry: registry.register(mine), defaultModelId: "acme/stager" });
    const { client, simulator } = await setTheStage({ settings }, { models: [mine] });
    const run = await client.stage({ ...request, modelId: "acme/stager", config: { output_quality: 70 } });
    expect(run).toMatchObject({ modelId: "acme/stager", cost: { microUsd: null, priceVersion: null, outputs: 1 } });
    const [create] = simulator.requests.filter(({ target }) => target === "create");
    expect(create).toMatchObject({ path: "/v1/predictions", body: { version: `acme/stager:${version}`, input: { output_quality: 70 } } });
  });

  it("takes the token from the environment, at every client's birth", async () => {
    const { simulator, another } = await setTheStage();
    setEnvironment("REPLICATE_API_TOKEN", simulator.token);
    expect((await another({ token: undefined }).stage(request)).state).toBe("succeeded");
    setEnvironment("REPLICATE_API_TOKEN", undefined);
    expect(await rejection(another({ token: undefined }).stage(request))).toMatchObject({ code: "missing_token", billed: "no" });
  });

  it("writes nothing down and sends nothing without a token", async () => {
    const { client, simulator, runs } = await setTheStage({ token: () => "" });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "missing_token" });
    expect(await rejection(client.start(request))).toMatchObject({ code: "missing_token" });
    expect({ runs: await runs(), requests: simulator.requests }).toEqual({ runs: [], requests: [] });
  });

  it.each([
    "http://api.replicate.com/v1",
    "http://127.0.0.1.example.com/v1",
    "http://127.0.0.1@example.com/v1",
    "ftp://localhost/v1",
    "nowhere",
    "",
  ])("refuses a base URL over which a token must not travel: %j", async (baseUrl) => {
    const { another } = await setTheStage();
    expect(() => another({ baseUrl })).toThrow(/baseUrl/);
  });

  it("keeps working when many run at once", async () => {
    const { client, simulator, runs } = await setTheStage();
    const staged = await Promise.all(Array.from({ length: 20 }, () => client.stage(request)));
    expect(new Set(staged.map(({ id }) => id)).size).toBe(20);
    expect(countOf(simulator, "create")).toBe(20);
    expect(new Set((await runs()).map(({ attempts }) => attempts[0]?.predictionId)).size).toBe(20);
    expect(simulator.ledger.microUsd).toBe(600_000);
  });

  it("goes through over real time that is scaled down", async () => {
    const { another } = await setTheStage({}, { clock: "running", timeScale: 0.005 });
    const run = await another({ clock: createFastClock(200) }).stage(request);
    expect(run.state).toBe("succeeded");
  });
});

describe("the six statuses", () => {
  it("are looked through in turn", async () => {
    const { client, events } = await setTheStage();
    await client.stage(request);
    expect(events.flatMap((event) => (event.type === "attempt.status" ? event.status : []))).toEqual([
      "starting",
      "processing",
      "succeeded",
    ]);
  });

  it("ends at the first address of a one-address model, though it still says processing", async () => {
    const { client, simulator, clock } = await setTheStage({}, { behaviour: { processingOutput: "complete" }, durationJitter: 0 });
    simulator.outcomes.add({ durationMs: 12_000, startingMs: 0 });
    const began = clock.now();
    const run = await client.stage({ ...request, modelId: pro });
    expect(run.images).toHaveLength(1);
    expect(clock.now() - began).toBeLessThan(12_000);
    expect(run).toMatchObject({ state: "succeeded", cost: { microUsd: 40_000 } });
  });

  it("waits for the end of a model of many addresses, whose first ones come early", async () => {
    const { client, simulator } = await setTheStage({}, { behaviour: { processingOutput: "partial" } });
    simulator.outcomes.add({ outputs: 4, durationMs: 60_000 });
    const config = { sequential_image_generation: "auto", max_images: 4, aspect_ratio: "match_input_image" } as const;
    const run = await client.stage({ ...request, modelId: seedream4, config });
    expect(run.images).toHaveLength(4);
    expect(run.cost?.microUsd).toBe(simulator.ledger.microUsd);
  });

  it.each([
    ["one address of a model of many", qwen, (urls: readonly string[]) => urls[0]],
    ["a list of one for a model of one", pro, (url: string) => [url]],
  ] as const)("takes %s", async (_, modelId, toOutput) => {
    const { client, simulator } = await setTheStage();
    const rewrite = (body: unknown) => {
      const prediction = body as { output: never };
      return { ...prediction, output: prediction.output && toOutput(prediction.output) };
    };
    simulator.faults.add({ on: "get", kind: "rewrite", rewrite, times: Number.POSITIVE_INFINITY });
    expect((await client.stage({ ...request, modelId } as typeof request)).images).toHaveLength(1);
  });

  it("goes on through a status that nobody knows", async () => {
    const { client, simulator } = await setTheStage();
    const rewrite = (body: unknown) => ({ ...(body as object), status: "queued" });
    simulator.faults.add({ on: "get", kind: "rewrite", rewrite, times: 3 });
    simulator.faults.add({ on: "create", kind: "rewrite", rewrite });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each([
    ["null", null],
    ["an empty list", []],
    ["an object", { url: "https://replicate.delivery/0.png" }],
  ])("ends a success without addresses (%s) as a failure of unknown cost", async (_, output) => {
    const { client, simulator, run } = await setTheStage();
    simulator.outcomes.add({ output });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "prediction_failed", billed: "unknown", detail: "no image" });
    expect(await run()).toMatchObject({ state: "failed", cost: { microUsd: null } });
    expect(countOf(simulator, "output")).toBe(0);
  });

  it("knows when Replicate has deleted everything", async () => {
    const { client, simulator, run } = await setTheStage();
    const { id } = await client.start(request);
    await simulator.clock.advance(2 * 3_600_000);
    expect(await rejection(client.wait(id))).toMatchObject({ code: "images_expired", runId: id, billed: "yes" });
    expect(await run()).toMatchObject({ state: "expired", error: { code: "images_expired" }, cost: { microUsd: 30_000 } });
    expect(await rejection(client.wait(id))).toMatchObject({ code: "images_expired", runId: id });
  });

  it("tells the reason of a failure, without the prompt", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.outcomes.add({ error: "The input or output was flagged as sensitive (E005)" });
    const error = await rejection(client.stage(request));
    expect(error).toMatchObject({ code: "moderation", detail: expect.stringContaining("E005") });
    expect((await run()).error?.message).toContain("E005");
  });

  it.each([
    [null, "prediction_failed"],
    [{ code: "E005" }, "moderation"],
    [5, "prediction_failed"],
    [["a"], "prediction_failed"],
  ])("tells of a failure whose reason is %j", async (reason, code) => {
    const { client, simulator } = await setTheStage();
    simulator.outcomes.add({ status: "failed" });
    const rewrite = (body: unknown) => ({ ...(body as object), error: reason });
    simulator.faults.add({ on: "get", kind: "rewrite", rewrite, times: Number.POSITIVE_INFINITY });
    const error = await rejection(client.stage(request));
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain("[object Object]");
  });

  it("counts a canceled prediction with all the images that were asked for", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.outcomes.add({ status: "canceled" });
    const extraInput = { sequential_image_generation: "auto", max_images: 4 };
    await rejection(client.stage({ ...request, modelId: seedream4, config: { aspect_ratio: "match_input_image" }, extraInput }));
    expect(simulator.ledger.microUsd).toBe(120_000);
    expect((await run()).cost?.microUsd).toBe(120_000);
  });
});

describe("bringing the image home", () => {
  it.each([
    ["cut", { kind: "reset", when: "mid_body" }],
    ["reset", { kind: "reset", when: "before_read" }],
    ["refused with 500", { kind: "status", status: 500 }],
    ["refused with 403", { kind: "html" }],
  ] as const)("is tried again when it is %s", async (_, fault) => {
    const { client, simulator } = await setTheStage();
    simulator.faults.add({ on: "output", times: 2, ...fault });
    expect((await client.stage(request)).images).toHaveLength(1);
    expect(countOf(simulator, "output")).toBe(3);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("gives up after three times; the run can be waited for again", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add({ on: "output", times: 3, kind: "reset", when: "mid_body" });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "image_download", billed: "yes", retryable: true });
    expect(countOf(simulator, "output")).toBe(3);
    const { id } = await run();
    expect((await client.wait(id)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each([
    ["HTML", { kind: "html", status: 200 }],
    ["another shape", { kind: "shape", body: { not: "an image" } }],
  ] as const)("refuses %s at once, and the run can be waited for again", async (_, fault) => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add({ on: "output", ...fault });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "image_download", retryable: false });
    expect(countOf(simulator, "output")).toBe(1);
    expect((await client.wait((await run()).id)).state).toBe("succeeded");
  });

  it("refuses an image that is too large", async () => {
    const { client, simulator } = await setTheStage({ maximumImageBytes: tinyPng.length - 1 });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "image_download", retryable: false });
    expect(countOf(simulator, "output")).toBe(1);
  });

  it.each(["http://169.254.169.254/latest/meta-data", "file:///etc/passwd", toDataUrl(tinyPng), "https://example.com/a.png"])(
    "asks no other address: %s",
    async (address) => {
      const asked: string[] = [];
      const watching: typeof fetch = (input, init) => {
        asked.push(String(input instanceof Request ? input.url : input));
        return fetch(input, init);
      };
      const { client, simulator, run } = await setTheStage({ fetch: watching });
      simulator.outcomes.add({ output: [address] });
      expect(await rejection(client.stage(request))).toMatchObject({ code: "image_download", retryable: false, billed: "yes" });
      expect(asked.every((url) => url.startsWith(simulator.url))).toBe(true);
      expect((await run()).state).toBe("running");
    },
  );

  it("takes all images or none", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add({ on: "output", after: 1, kind: "html", status: 200 });
    const config = { sequential_image_generation: "auto", max_images: 3, aspect_ratio: "match_input_image" } as const;
    expect(await rejection(client.stage({ ...request, modelId: seedream4, config }))).toMatchObject({ code: "image_download" });
    expect((await run()).images).toEqual([]);
    expect((await client.wait((await run()).id)).images).toHaveLength(3);
  });
});

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

function toSent({ predictions: [prediction] }: ReplicateSimulator): Readonly<Record<string, unknown>> {
  if (prediction === undefined) throw new Error("nothing was created");
  return prediction.input;
}
