import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/basics/clock.ts";
import { createDeadline } from "../../src/client/create-deadline.ts";
import { createFastClock } from "../../src/testing/index.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";

const fast = { clock: createFastClock(100) };
const running = { clock: "running", timeScale: 0.01 } as const;
const photos = (length: number) =>
  Array.from({ length }, (_, index) => ({
    ...request,
    image: `https://example.com/${index}.jpg`,
    group: "listing 7",
    groupSize: length,
    idempotencyKey: `listing 7, photo ${index}`,
  }));

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("starting many", () => {
  it("sends each once, waits for none, and another process brings them home", async () => {
    const { client, another, simulator } = await setTheStage(fast, running);
    const started = await collect(client.startMany(photos(40), { concurrency: 10 }));
    expect(started.map(({ run }) => run?.state)).toEqual(Array(40).fill("running"));
    expect([...started].map(({ index }) => index).sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
    expect(started.every(({ run, request: { idempotencyKey } }) => run?.idempotencyKey === idempotencyKey)).toBe(true);
    expect({ creates: countOf(simulator, "create"), looks: countOf(simulator, "get") }).toEqual({ creates: 40, looks: 0 });
    const again = await collect(another().startMany(photos(40)));
    expect(new Set(again.map(({ run }) => run?.id))).toEqual(new Set(started.map(({ run }) => run?.id)));
    const resumed = await another().resume();
    expect(resumed.map(({ run }) => run?.images.length)).toEqual(Array(40).fill(1));
    expect(countOf(simulator, "create")).toBe(40);
  });

  it("tells of each that was not sent, and goes on with the others", async () => {
    const { client } = await setTheStage();
    const started = await collect(client.startMany([request, { ...request, image: "no.jpg" }, request]));
    expect(started.map(({ index, error }) => [index, (error as { code?: string } | undefined)?.code]).sort()).toEqual([
      [0, undefined],
      [1, "invalid_image"],
      [2, undefined],
    ]);
  });

  it("refuses what is no list, no count and no time", async () => {
    const { client } = await setTheStage();
    for (const [requests, options, field] of [
      [5, {}, "requests"],
      [[], { concurrency: 0 }, "concurrency"],
      [[], { timeoutMs: -1 }, "timeoutMs"],
    ] as const) {
      const error = await rejection((async () => client.startMany(requests as never, options))());
      expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining(field) });
    }
  });
});

describe("a group", () => {
  it("tells how far its runs are, and is told to be complete by the one that ends last", async () => {
    const { client, simulator, events, runStore } = await setTheStage();
    simulator.outcomes.add({ status: "failed" });
    const [first, ...others] = (await collect(client.startMany(photos(3), { concurrency: 1 }))).map(({ run }) => run?.id ?? "");
    await rejection(client.wait(first ?? ""));
    expect(await client.group("listing 7")).toMatchObject({ size: 3, counts: { running: 2, failed: 1 }, finished: 1, isComplete: false });
    expect(events.filter(({ type }) => type === "group.completed")).toEqual([]);
    for (const id of others) await client.wait(id);
    const group = await client.group("listing 7");
    expect(group).toMatchObject({ id: "listing 7", size: 3, counts: { succeeded: 2, failed: 1 }, finished: 3, isComplete: true });
    expect(group.runs).toEqual((await runStore.list()).runs);
    const completed = events.filter(({ type }) => type === "group.completed");
    expect(completed).toEqual([{ ...completed[0], group: "listing 7", runs: 3, succeeded: 2 }]);
    await client.wait(others[0] ?? "");
    expect(events.filter(({ type }) => type === "group.completed")).toHaveLength(1);
  });

  it("is not complete before all of it were sent", async () => {
    const { client, events } = await setTheStage();
    await client.stage({ ...request, group: "listing 7", groupSize: 2 });
    expect(await client.group("listing 7")).toMatchObject({ size: 2, finished: 1, isComplete: false, costMicroUsd: 30_000 });
    await client.stage({ ...request, group: "listing 7", groupSize: 2 });
    expect(events.at(-1)).toMatchObject({ type: "group.completed", runs: 2, succeeded: 2, costMicroUsd: 60_000 });
  });

  it("is not complete by one that was refused and then sent once more: it counts once", async () => {
    const { client, simulator, events } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "status", status: 422, body: { detail: "no" } });
    const requests = photos(3);
    const stage = (...indexes: readonly number[]) => collect(client.stageMany(requests.filter((_, index) => indexes.includes(index))));
    expect(await stage(0)).toMatchObject([{ error: { billed: "no" } }]);
    await stage(0, 1);
    expect(await client.group("listing 7")).toMatchObject({ counts: { succeeded: 2 }, finished: 2, isComplete: false });
    await stage(2);
    expect(await client.group("listing 7")).toMatchObject({ counts: { succeeded: 3 }, finished: 3, isComplete: true });
    expect(events.filter(({ type }) => type === "group.completed")).toMatchObject([{ runs: 3, succeeded: 3, costMicroUsd: 90_000 }]);
  });

  it("has an id: none is not all runs", async () => {
    const { client } = await setTheStage();
    expect(await rejection(client.group(undefined as unknown as string))).toMatchObject({ code: "invalid_request" });
  });

  it("without a size is complete when nothing is under way, and nobody is told", async () => {
    const { client, events } = await setTheStage();
    expect(await client.group("none")).toMatchObject({ size: null, runs: [], finished: 0, isComplete: false, costMicroUsd: 0 });
    await client.stage({ ...request, group: "listing 7" });
    expect(await client.group("listing 7")).toMatchObject({ size: null, isComplete: true });
    expect(events.map(({ type }) => type)).not.toContain("group.completed");
  });

  it.each([0, 1.5, "2"])("has no size of %j", async (groupSize) => {
    const { client } = await setTheStage();
    const error = await rejection(client.stage({ ...request, group: "listing 7", groupSize: groupSize as number }));
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("groupSize") });
  });
});

describe("resuming until a deadline", () => {
  it("lets go of what is not over by then, for the next call", async () => {
    const stage = await setTheStage(fast, running);
    const { client, another, simulator } = stage;
    simulator.outcomes.add({ neverStarts: true });
    const runs = (await collect(client.startMany(photos(3), { concurrency: 1 }))).map(({ run }) => run?.id);
    const resumed = await another().resume({ deadlineMs: 30_000 });
    expect(resumed.map(({ runId, error }) => [runId, (error as { code?: string } | undefined)?.code])).toEqual([
      [runs[0], "wait_timeout"],
      [runs[1], undefined],
      [runs[2], undefined],
    ]);
    expect(await stage.runStore.get(runs[0] ?? "")).toMatchObject({ state: "running", leaseExpiresAt: null });
    await client.cancel(runs[0] ?? "");
    expect(await another().resume({ deadlineMs: 30_000 })).toEqual([]);
  });

  it("brings home what is done behind others that take long", async () => {
    const { client, another, simulator } = await setTheStage(fast, running);
    for (let count = 0; count < 3; count++) simulator.outcomes.add({ neverStarts: true });
    await collect(client.startMany(photos(5), { concurrency: 1 }));
    const resumed = await another().resume({ deadlineMs: 60_000, concurrency: 2 });
    expect(resumed.map(({ run }) => run?.state)).toEqual([undefined, undefined, undefined, "succeeded", "succeeded"]);
  });

  it("ends a download that hangs, too", async () => {
    const stage = await setTheStage(fast, running);
    const { id } = await stage.client.start(request);
    const hanging: typeof fetch = (input, init) => (String(input).includes("/output/") ? new Promise(() => undefined) : fetch(input, init));
    const [resumed] = await stage.another({ fetch: hanging, requestTimeoutMs: 60_000 }).resume({ deadlineMs: 20_000 });
    expect(resumed).toMatchObject({ runId: id, error: { code: "wait_timeout" } });
    const [again] = await stage.another().resume();
    expect(again?.run?.images).toHaveLength(1);
  });

  it("takes more milliseconds than a timer does", async () => {
    const deadline = createDeadline(systemClock, 2 ** 31);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(deadline.signal.aborted).toBe(false);
    deadline.end();
  });

  it.each([-1, Number.NaN, "soon"])("refuses a deadline of %j", async (deadlineMs) => {
    const { client } = await setTheStage();
    expect(await rejection(client.resume({ deadlineMs: deadlineMs as number }))).toMatchObject({ code: "invalid_request" });
  });
});

describe("feedback", () => {
  it("is kept on the run; a later word replaces it", async () => {
    const { client, run } = await setTheStage();
    const { id } = await client.stage(request);
    await client.feedback(id, { accepted: false, reason: "a sofa in front of the door" });
    expect((await run()).feedback).toMatchObject({ accepted: false, reason: "a sofa in front of the door", at: expect.any(String) });
    expect((await client.feedback(id, { accepted: true })).feedback).toMatchObject({ accepted: true, reason: null });
  });

  it.each([{}, { accepted: "yes" }, { accepted: true, reason: "x".repeat(1_001) }])("is no %j", async (feedback) => {
    const { client } = await setTheStage();
    const { id } = await client.stage(request);
    expect(await rejection(client.feedback(id, feedback as never))).toMatchObject({ code: "invalid_request" });
  });

  it("needs a run", async () => {
    const { client } = await setTheStage();
    expect(await rejection(client.feedback("run_none", { accepted: true }))).toMatchObject({ code: "run_not_found" });
  });
});

describe("the prompt", () => {
  it("is kept only where the client keeps prompts", async () => {
    const { client, another } = await setTheStage();
    expect((await client.stage(request)).prompt).toBeNull();
    expect((await another({ keepPrompts: true }).stage(request)).prompt).toContain("living room");
  });
});

describe("the most that a run may cost", () => {
  it("is held before anything is sent", async () => {
    const { client, simulator, another } = await setTheStage({ maximumRunMicroUsd: 29_999 });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "cost_cap_exceeded", billed: "no", microUsd: 30_000 });
    expect(simulator.requests.filter(({ target }) => target !== "account")).toEqual([]);
    expect((await another({ maximumRunMicroUsd: 30_000 }).stage(request)).cost?.microUsd).toBe(30_000);
  });
});
