import { describe, expect, it, onTestFinished } from "vitest";
import type { Progress } from "../../src/client/client-context.ts";
import type { ClientEvent } from "../../src/client/client-event.ts";
import { failures, script } from "./failures.ts";
import { qwen, rejection, request, setEnvironment, setTheStage, tinyPng } from "./helpers.ts";

const absent = ["attempt.sent", "attempt.unknown", "attempt.absent"];
const twice = ["run.created", "photo.uploaded", ...absent, ...absent, "run.finished"];

describe("onEvent", () => {
  it("tells every step of a run, in order, with what it is about", async () => {
    const { client, events, simulator, clock } = await setTheStage();
    const begun = clock.now();
    const run = await client.stage({ ...request, projectId: "villa", group: "listing-1" });
    const of = { runId: run.id, modelId: qwen, projectId: "villa", group: "listing-1" };
    const predictionId = simulator.predictions[0]?.id;
    expect(events).toEqual([
      { ...of, type: "run.created" },
      { ...of, type: "photo.uploaded", byteLength: tinyPng.length },
      { ...of, type: "attempt.sent", attempt: 1 },
      { ...of, type: "attempt.accepted", attempt: 1, predictionId },
      { ...of, type: "attempt.status", attempt: 1, predictionId, status: "starting" },
      { ...of, type: "attempt.status", attempt: 1, predictionId, status: "processing" },
      { ...of, type: "attempt.status", attempt: 1, predictionId, status: "succeeded" },
      { ...of, type: "run.finished", state: "succeeded", costMicroUsd: 30_000, durationMs: clock.now() - begun },
    ]);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it("tells of no upload for a photo by address", async () => {
    const { client, events } = await setTheStage();
    await client.start({ ...request, image: "https://example.com/room.jpg" });
    expect(events.map(({ type }) => type)).toEqual(["run.created", "attempt.sent", "attempt.accepted"]);
  });

  it.each([
    ["create reset after the work is done", ["run.created", "photo.uploaded", "attempt.sent", "attempt.unknown", "run.left_unknown"]],
    ["create 502", twice],
    ["create 422", ["run.created", "photo.uploaded", "attempt.sent", "run.finished"]],
    ["upload 401", ["run.created", "run.finished"]],
  ])("tells what there is to tell of a failure: %s", async (name, types) => {
    const failure = failures.find((known) => known.name === name);
    if (failure === undefined) throw new Error("no such failure");
    const { client, simulator, events } = await setTheStage({}, { behaviour: failure.behaviour ?? {} });
    script(simulator, failure);
    await rejection(client.stage(request));
    expect(events.map(({ type }) => type)).toEqual(types);
    const last = events.at(-1);
    if (last?.type === "run.finished") expect(last).toMatchObject({ state: "failed", costMicroUsd: 0 });
    for (const event of events) {
      if (event.type === "attempt.unknown" || event.type === "run.left_unknown") expect(event.reason).toMatch(/\S/);
    }
    const numbers = events.flatMap((event) => ("attempt" in event ? event.attempt : []));
    expect(numbers).toEqual(types === twice ? [1, 1, 1, 2, 2, 2] : numbers.map(() => 1));
  });

  it("tells of a lost answer that was found", async () => {
    const { client, simulator, events } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    await client.start(request);
    const predictionId = simulator.predictions[0]?.id;
    expect(events.map(({ type }) => type)).toEqual(["run.created", "photo.uploaded", "attempt.sent", "attempt.unknown", "attempt.found"]);
    expect(events.at(-1)).toMatchObject({ attempt: 1, predictionId, modelId: qwen });
  });

  it("tells of a create that was throttled, and sent again as the same attempt", async () => {
    const { client, simulator, events } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 7 });
    await client.start(request);
    const told = events.filter(({ type }) => type.startsWith("attempt."));
    expect(told).toMatchObject([
      { type: "attempt.sent", attempt: 1 },
      { type: "attempt.throttled", attempt: 1, retryAfterMs: 7_000 },
      { type: "attempt.sent", attempt: 1 },
      { type: "attempt.accepted", attempt: 1, predictionId: simulator.predictions[0]?.id },
    ]);
  });

  it.each<[string, (event: ClientEvent) => unknown]>([
    ["throws", () => thrown()],
    ["rejects", () => Promise.reject(new Error("mine"))],
    ["never settles", () => new Promise(() => undefined)],
    ["gives a thenable that rejects", () => thenable((_, reject) => reject("mine"))],
    ["gives a thenable that throws", () => thenable(thrown)],
    ["is no function", "log" as never],
  ])("that %s changes nothing", async (_, onEvent) => {
    const unhandled = watchUnhandled();
    const { client, run } = await setTheStage({ onEvent });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect((await run()).state).toBe("succeeded");
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});

describe("onProgress", () => {
  it("tells the phases in order, with times", async () => {
    const { client, run } = await setTheStage();
    const told: Progress[] = [];
    await client.stage(request, { onProgress: (progress) => told.push(progress) });
    const phases = told.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
    expect(phases).toEqual(["uploading", "creating", "starting", "processing", "collecting", "done"]);
    const { id } = await run();
    for (const [index, progress] of told.entries()) {
      expect(progress).toMatchObject({ runId: id, modelId: qwen, usualDurationMs: expect.any(Number) });
      expect(progress.elapsedMs).toBeGreaterThanOrEqual(told[index - 1]?.elapsedMs ?? 0);
    }
  });

  it.each([
    ["throws", () => thrown()],
    ["rejects", async () => thrown()],
  ])("that %s changes nothing", async (_, onProgress) => {
    const unhandled = watchUnhandled();
    const { client } = await setTheStage();
    expect((await client.stage(request, { onProgress })).state).toBe("succeeded");
    const { id } = await client.start(request);
    expect((await client.wait(id, { onProgress })).state).toBe("succeeded");
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});

describe("REPLICATE_MODEL_VERSION", () => {
  it("is told of once a client, and ignored", async () => {
    const warnings: (Error & { code?: string })[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on("warning", listen);
    onTestFinished(() => void process.off("warning", listen));
    setEnvironment("REPLICATE_MODEL_VERSION", "0123456789abcdef");
    const { client, events, simulator } = await setTheStage();
    await client.stage(request);
    await client.stage(request);
    expect(events.filter(({ type }) => type === "notice")).toEqual([
      { type: "notice", code: "model_version_ignored", message: expect.stringContaining("REPLICATE_MODEL_VERSION") },
    ]);
    expect(warnings.filter(({ code }) => code === "RESTAGE_MODEL_VERSION_IGNORED")).toHaveLength(1);
    expect(simulator.requests.filter(({ target }) => target === "create").every(({ path }) => path.includes(qwen))).toBe(true);
    expect(JSON.stringify(simulator.requests)).not.toContain("0123456789abcdef");
    expect(JSON.stringify(events)).not.toContain("0123456789abcdef");
  });

  it.each([undefined, ""])("is not told of where it is not set: %j", async (value) => {
    setEnvironment("REPLICATE_MODEL_VERSION", value);
    const { events } = await setTheStage();
    expect(events).toEqual([]);
  });
});

// A promise of another library.
function thenable(then: (resolve: unknown, reject: (reason: unknown) => void) => void): object {
  // biome-ignore lint/suspicious/noThenProperty: that is what it is for
  return Object.defineProperty({}, "then", { value: then });
}

function thrown(): never {
  throw new Error("mine");
}

function watchUnhandled(): readonly unknown[] {
  const seen: unknown[] = [];
  const listen = (reason: unknown) => seen.push(reason);
  process.on("unhandledRejection", listen);
  onTestFinished(() => void process.off("unhandledRejection", listen));
  return seen;
}
