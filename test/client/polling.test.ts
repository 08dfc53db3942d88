import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/basics/clock.ts";
import { registry } from "../../src/models/index.ts";
import { createFastClock, type Fault } from "../../src/testing/index.ts";
import { countOf, pro, qwen, rejection, request, seedream4, setTheStage } from "./helpers.ts";

const always = Number.POSITIVE_INFINITY;

describe("looking at a prediction", () => {
  it.each([qwen, pro, seedream4])("takes few looks for a usual run of %s, and sees its end soon", async (modelId) => {
    const { usualDurationMs } = registry.lookup(modelId);
    for (const share of [0.8, 1, 1.2]) {
      const { client, simulator, clock } = await setTheStage();
      simulator.outcomes.add({ durationMs: usualDurationMs * share, startingMs: 300 });
      const begun = clock.now();
      await client.stage({
        ...request,
        modelId,
        ...(modelId === seedream4 ? { config: { aspect_ratio: "match_input_image" } } : {}),
      } as typeof request);
      const lateMs = clock.now() - begun - usualDurationMs * share - 300;
      expect(countOf(simulator, "get")).toBeLessThanOrEqual(Math.ceil((usualDurationMs * 1.2) / 250));
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThanOrEqual(Math.max(400, usualDurationMs / 15));
    }
  });

  it("takes ever fewer looks at a prediction that does not end, and stops with the caller's time", async () => {
    const { client, simulator, clock } = await setTheStage();
    simulator.outcomes.add({ durationMs: 10_000_000 });
    expect(await rejection(client.stage(request, { timeoutMs: 500_000 }))).toMatchObject({ code: "wait_timeout" });
    expect(countOf(simulator, "get")).toBeLessThanOrEqual(100);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(15_000);
  });

  it("looks once where the run is over already", async () => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(request);
    await simulator.clock.advance(60_000);
    await client.wait(id);
    expect(countOf(simulator, "get")).toBe(1);
  });

  it("does not look at all where the create's answer was the end", async () => {
    const { client, simulator } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "rewrite", rewrite: (body) => ({ ...(body as object), status: "failed", error: "E003" }) });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "capacity" });
    expect(countOf(simulator, "get")).toBe(0);
  });

  it.each<[string, Fault]>([
    ["500", { kind: "status", status: 500 }],
    ["503", { kind: "status", status: 503 }],
    ["408", { kind: "status", status: 408 }],
    ["429", { kind: "throttle", retryAfterSeconds: 0, tells: ["header"] }],
    ["an HTML 403 of a proxy", { kind: "html" }],
    ["an HTML 404 of a proxy", { kind: "html", status: 404 }],
    ["a redirect", { kind: "redirect" }],
    ["a reset", { kind: "reset", when: "after_read" }],
    ["a cut answer", { kind: "reset", when: "mid_body" }],
    ["truncated JSON", { kind: "truncate" }],
    ["garbled JSON", { kind: "garble" }],
    ["another shape", { kind: "shape", body: [] }],
  ])("takes %s for no news", async (_, fault) => {
    const { client, simulator } = await setTheStage();
    simulator.faults.add({ on: "get", times: 9, ...fault });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("takes a look that hangs for no news", async () => {
    const { client, simulator } = await setTheStage({ requestTimeoutMs: 60 });
    simulator.faults.add({ on: "get", kind: "hang", times: 2 });
    expect((await client.stage(request)).state).toBe("succeeded");
  });

  it.each([401, 403, 404])("ends with Replicate's own %i, and the run can be waited for once that is mended", async (status) => {
    const { client, simulator, run } = await setTheStage();
    const mend = simulator.faults.add({ on: "get", kind: "status", status, times: always });
    expect(await rejection(client.stage(request))).toMatchObject({ code: status === 404 ? "replicate_answer" : "unauthenticated" });
    expect(countOf(simulator, "get")).toBe(1);
    expect((await run()).state).toBe("running");
    mend();
    expect((await client.wait((await run()).id)).state).toBe("succeeded");
  });

  it("lets several wait for one run, and settles it once", async () => {
    const { client, another, events, simulator } = await setTheStage();
    const { id } = await client.start(request);
    const staged = await Promise.all([client.wait(id), client.wait(id), another().wait(id)]);
    expect(staged.map(({ state, images }) => [state, images.length])).toEqual([
      ["succeeded", 1],
      ["succeeded", 1],
      ["succeeded", 1],
    ]);
    expect(events.filter(({ type }) => type === "run.finished")).toHaveLength(1);
    expect(simulator.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });
});

describe("the clocks", () => {
  it.each([
    ["real time", systemClock],
    ["fast time", createFastClock(1_000)],
  ])("sleep by %s until the signal aborts", async (_, clock) => {
    const before = clock.now();
    await clock.sleep(2);
    expect(clock.now()).toBeGreaterThan(before);
    expect(await rejection(clock.sleep(10, AbortSignal.abort("enough")))).toBe("enough");
    const controller = new AbortController();
    const sleeping = rejection(clock.sleep(1_000_000_000, controller.signal));
    controller.abort("enough");
    expect(await sleeping).toBe("enough");
    expect(Math.abs(createFastClock(1).now() - Date.now())).toBeLessThan(1_000);
  });
});
