import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/client/client-context.ts";
import { countOf, pro, rejection, request, setTheStage } from "./helpers.ts";

/** Aborts as soon as the staging reaches a phase. */
function abortAt(phase: Progress["phase"], reason: unknown) {
  const controller = new AbortController();
  const onProgress = (progress: Progress) => {
    if (progress.phase === phase) controller.abort(reason);
  };
  return { signal: controller.signal, onProgress };
}

describe("a signal that is aborted before", () => {
  it.each(["stage", "start"] as const)("%s sends nothing and creates no run", async (method) => {
    const { client, simulator, runs, events } = await setTheStage();
    const reason = { why: "the user left" };
    expect(await rejection(client[method](request, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect({ requests: simulator.requests, runs: await runs(), events }).toEqual({ requests: [], runs: [], events: [] });
  });

  it("comes before a request that is wrong, and before a missing token", async () => {
    const { client } = await setTheStage({ token: () => "" });
    expect(await rejection(client.stage({} as never, { signal: AbortSignal.abort("enough") }))).toBe("enough");
  });

  it("while the settings are read: sends nothing and creates no run", async () => {
    const controller = new AbortController();
    const { client, simulator, runs } = await setTheStage({
      token: () => {
        controller.abort("enough");
        return "r8_any";
      },
    });
    expect(await rejection(client.stage(request, { signal: controller.signal }))).toBe("enough");
    expect({ requests: simulator.requests, runs: await runs() }).toEqual({ requests: [], runs: [] });
  });
});

describe("a signal that is aborted while the photo is uploaded", () => {
  it("creates nothing; the run is aborted and free", async () => {
    const { client, simulator, run, events } = await setTheStage();
    simulator.faults.add({ on: "upload", kind: "hang", times: Number.POSITIVE_INFINITY });
    const controller = new AbortController();
    const staging = client.stage(request, { signal: controller.signal, onProgress: () => setImmediate(() => controller.abort("enough")) });
    expect(await rejection(staging)).toBe("enough");
    expect(countOf(simulator, "create")).toBe(0);
    expect(await run()).toMatchObject({ state: "aborted", error: null, attempts: [], cost: { microUsd: 0, outputs: 0 } });
    expect(events.at(-1)).toMatchObject({ type: "run.finished", state: "aborted", costMicroUsd: 0 });
  });

  it("as soon as the run exists: uploads nothing", async () => {
    const { client, simulator, run } = await setTheStage();
    expect(await rejection(client.stage(request, abortAt("uploading", "enough")))).toBe("enough");
    expect(simulator.requests).toEqual([]);
    expect(await run()).toMatchObject({ state: "aborted", cost: { microUsd: 0 } });
  });

  it("after the upload: deletes the photo again", async () => {
    const { simulator, another, run } = await setTheStage();
    const controller = new AbortController();
    const client = another({ onEvent: ({ type }) => type === "photo.uploaded" && controller.abort("enough") });
    expect(await rejection(client.stage(request, { signal: controller.signal }))).toBe("enough");
    expect(simulator.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(["POST upload", "DELETE file"]);
    expect(await run()).toMatchObject({ state: "aborted", error: null });
  });

  it("leaves its idempotency key free", async () => {
    const { client, simulator } = await setTheStage();
    const keyed = { ...request, idempotencyKey: "order-1" };
    await rejection(client.stage(keyed, abortAt("uploading", "enough")));
    expect((await client.stage(keyed)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });
});

describe("a signal that is aborted before the create is sent", () => {
  it("sends nothing: the run is aborted, free, and its photo deleted", async () => {
    const { client, simulator, run } = await setTheStage();
    expect(await rejection(client.stage(request, abortAt("creating", "enough")))).toBe("enough");
    expect(simulator.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(["POST upload", "DELETE file"]);
    expect(await run()).toMatchObject({ state: "aborted", error: null, attempts: [], cost: { microUsd: 0 } });
  });

  it("while a 429 is waited out: sends no more, and leaves its idempotency key free", async () => {
    const { another, client, simulator, runs } = await setTheStage();
    const controller = new AbortController();
    const keyed = { ...request, idempotencyKey: "order-1" };
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 30 });
    const aborting = another({ onEvent: ({ type }) => type === "attempt.throttled" && controller.abort("enough") });
    expect(await rejection(aborting.stage(keyed, { signal: controller.signal }))).toBe("enough");
    expect(countOf(simulator, "create")).toBe(1);
    expect((await client.stage(keyed)).state).toBe("succeeded");
    expect((await runs()).map(({ state }) => state)).toEqual(["aborted", "succeeded"]);
    expect(simulator.predictions).toHaveLength(1);
  });
});

describe("a signal that is aborted while the create is out", () => {
  it("does not cut the create off: the prediction is known, and the run can be waited for", async () => {
    const { another, simulator, run } = await setTheStage();
    const controller = new AbortController();
    const client = another({ onEvent: ({ type }) => type === "attempt.sent" && controller.abort("enough") });
    expect(await rejection(client.stage(request, { signal: controller.signal }))).toBe("enough");
    expect(countOf(simulator, "create")).toBe(1);
    expect(await run()).toMatchObject({ state: "running", attempts: [{ predictionId: simulator.predictions[0]?.id }] });
    expect((await client.wait((await run()).id)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("lets start() give its run", async () => {
    const { another, simulator } = await setTheStage();
    const controller = new AbortController();
    const client = another({ onEvent: ({ type }) => type === "attempt.sent" && controller.abort() });
    expect((await client.start(request, { signal: controller.signal })).state).toBe("running");
    expect(simulator.predictions).toHaveLength(1);
  });
});

describe("a signal that is aborted while waiting", () => {
  it.each(["starting", "processing", "collecting"] as const)("leaves a run that goes on, in phase %s", async (phase) => {
    const { client, simulator, run, another, runStore } = await setTheStage();
    const reason = new TypeError("the caller's own");
    expect(await rejection(client.stage(request, abortAt(phase, reason)))).toBe(reason);
    const { id, state, error } = await run();
    expect({ state, error }).toEqual({ state: "running", error: null });
    expect(countOf(simulator, "cancel")).toBe(0);
    const staged = await another({ runStore }).wait(id);
    expect(staged).toMatchObject({ id, state: "succeeded", cost: { microUsd: 30_000 } });
    expect(staged.images).toHaveLength(1);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("passes the reason through, whatever it is", async () => {
    for (const reason of ["text", 0, null, Symbol("mine"), { plain: true }]) {
      const { client } = await setTheStage();
      expect(await rejection(client.stage(request, abortAt("processing", reason)))).toBe(reason);
    }
    const { client } = await setTheStage();
    expect(await rejection(client.stage(request, abortAt("processing", undefined)))).toMatchObject({ name: "AbortError" });
  });

  it("interrupts a look and a download that hang", async () => {
    for (const on of ["get", "output"] as const) {
      const controller = new AbortController();
      const { client, simulator, run } = await setTheStage({
        fetch: (input, init) => {
          const { method, url } = input instanceof Request ? input : { method: "GET", url: String(input) };
          if (method === "GET" && url.includes("/output/") === (on === "output")) setImmediate(() => controller.abort("enough"));
          return fetch(input, init);
        },
      });
      simulator.faults.add({ on, kind: "hang", times: Number.POSITIVE_INFINITY });
      expect(await rejection(client.stage(request, { signal: controller.signal }))).toBe("enough");
      expect((await run()).state).toBe("running");
    }
  });

  it("interrupts the sleep of real time", async () => {
    const { another, run } = await setTheStage({}, { clock: "running" });
    const client = another({ clock: undefined });
    expect(await rejection(client.stage(request, abortAt("starting", "enough")))).toBe("enough");
    expect((await run()).state).toBe("running");
  });

  it("cancels too where that was asked for", async () => {
    const { client, simulator, run } = await setTheStage();
    expect(await rejection(client.stage(request, { ...abortAt("processing", "enough"), cancelOnAbort: true }))).toBe("enough");
    expect(countOf(simulator, "cancel")).toBe(1);
    expect(await run()).toMatchObject({ state: "canceled", cancelRequested: true, cost: { microUsd: 30_000 } });
    expect(simulator.ledger.microUsd).toBe(30_000);
  });

  it("gives its reason though the cancel fails", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add({ on: "cancel", kind: "status", status: 401 });
    expect(await rejection(client.stage(request, { ...abortAt("processing", "enough"), cancelOnAbort: true }))).toBe("enough");
    expect(await run()).toMatchObject({ state: "running", cancelRequested: true });
  });

  it("is no error of a staging that ends by itself at the same time", async () => {
    const { client } = await setTheStage();
    const { signal, onProgress } = abortAt("done", "enough");
    expect((await client.stage(request, { signal, onProgress, cancelOnAbort: true })).state).toBe("succeeded");
  });
});

describe("the caller's time", () => {
  it("ends the waiting, not the run", async () => {
    const { client, simulator, run, clock } = await setTheStage();
    const began = clock.now();
    const error = await rejection(client.stage(request, { timeoutMs: 3_000 }));
    expect(error).toMatchObject({ code: "wait_timeout", runId: (await run()).id, billed: "unknown", retryable: true });
    expect(clock.now() - began).toBe(3_000);
    expect((await run()).state).toBe("running");
    expect(countOf(simulator, "cancel")).toBe(0);
    expect((await client.wait((await run()).id)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("is the client's where the call does not say", async () => {
    const { client, clock } = await setTheStage({ waitTimeoutMs: 2_000 });
    const began = clock.now();
    expect(await rejection(client.stage(request))).toMatchObject({ code: "wait_timeout" });
    expect(clock.now() - began).toBe(2_000);
  });

  it("may be nothing: then there is one look", async () => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(request);
    expect(await rejection(client.wait(id, { timeoutMs: 0 }))).toMatchObject({ code: "wait_timeout" });
    await simulator.clock.advance(60_000);
    expect((await client.wait(id, { timeoutMs: 0 })).state).toBe("succeeded");
  });

  it("may be without end, past the deadline that Replicate was given", async () => {
    const { client, simulator } = await setTheStage();
    simulator.outcomes.add({ neverStarts: true });
    expect(await rejection(client.stage({ ...request, modelId: pro }, { timeoutMs: Number.POSITIVE_INFINITY }))).toMatchObject({
      code: "deadline",
      status: "aborted",
    });
  });
});
