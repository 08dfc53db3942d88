import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/basics/clock.ts";
import { createInFlight } from "../../src/client/in-flight.ts";
import type { StagingClient } from "../../src/client/staging-client.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";
import { holdStagings } from "./hold-stagings.ts";

const closed = { code: "client_closed" };

/** A promise that is never kept, until the signal aborts. */
const untilAborted = (signal: AbortSignal) => systemClock.sleep(2 ** 31 - 1, signal);

/** Resolves when so many of these promises are settled. */
function settled(count: number, promises: readonly Promise<unknown>[]): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    const settle = () => --left === 0 && resolve();
    for (const promise of promises) promise.then(settle, settle);
  });
}

/** Whether a promise is settled, told at any time. */
function watch(promise: Promise<unknown>): { readonly isSettled: boolean } {
  const state = { isSettled: false };
  void settled(1, [promise]).then(() => {
    state.isSettled = true;
  });
  return state;
}

const stageTimes = (client: StagingClient, count: number) => Array.from({ length: count }, () => client.stage(request));

describe("close()", () => {
  it("ends the waiting of all that is under way, and no create is lost", async () => {
    const { client, simulator, held, release, total, runs, another } = await holdStagings({ uploading: 5, creating: 5, polling: 10 });
    const stagings = stageTimes(client, total).map(rejection);
    await held;
    const closing = client.close();
    const state = watch(closing);
    await settled(15, stagings);
    expect(state.isSettled).toBe(false);
    release();
    await closing;

    const errors = await Promise.all(stagings);
    expect(errors).toEqual(Array.from({ length: total }, () => expect.objectContaining(closed)));
    const books = await runs();
    expect(books.map(({ state }) => state).sort()).toEqual([...Array(5).fill("aborted"), ...Array(15).fill("running")]);
    const sent = books.filter(({ state }) => state === "running");
    const predictionIds = simulator.predictions.map(({ id }) => id);
    expect(sent.map(({ attempts }) => attempts[0]?.predictionId).sort()).toEqual([...predictionIds].sort());
    // Each error names its own run.
    const runIds = errors.flatMap((error) => (error as { runId?: string }).runId ?? []);
    expect(runIds).toEqual(expect.arrayContaining(sent.map(({ id }) => id)));
    expect(new Set(runIds).size).toBe(runIds.length);

    simulator.faults.clear();
    const next = another({ fetch });
    const finished = await Promise.all(sent.map(({ id }) => next.wait(id)));
    expect(finished.map(({ state, images }) => [state, images.length])).toEqual(Array(15).fill(["succeeded", 1]));
    expect({ creates: countOf(simulator, "create"), cancels: countOf(simulator, "cancel") }).toEqual({ creates: 15, cancels: 0 });
  });

  it("cancels nothing, whatever a signal would do", async () => {
    const { client, simulator, held, run } = await holdStagings({ polling: 1 });
    const { signal } = new AbortController();
    const staging = rejection(client.stage(request, { signal, cancelOnAbort: true }));
    await held;
    await client.close();
    expect(await staging).toMatchObject(closed);
    expect({ cancels: countOf(simulator, "cancel"), state: (await run()).state }).toEqual({ cancels: 0, state: "running" });
  });

  it("lets a start that is under way give its run", async () => {
    const { client, held, release } = await holdStagings({ creating: 1 });
    const starting = client.start(request);
    await held;
    const closing = client.close();
    release();
    await closing;
    expect((await starting).state).toBe("running");
  });

  it("gives the caller's own reason where that came first", async () => {
    const { client, held } = await holdStagings({ polling: 1 });
    const controller = new AbortController();
    const staging = rejection(client.stage(request, { signal: controller.signal }));
    await held;
    controller.abort("enough");
    await client.close();
    expect(await staging).toBe("enough");
  });

  it("may be called again, and by the end of a block", async () => {
    const { client } = await setTheStage();
    await Promise.all([client.close(), client.close(), client[Symbol.asyncDispose](), client.drain()]);
    await client.close();
    expect(await rejection(client.stage(request))).toMatchObject(closed);
  });
});

describe("drain()", () => {
  it("lets all that is under way come to its end", async () => {
    const { client, simulator, held, release, total } = await holdStagings({ creating: 5 });
    const stagings = stageTimes(client, total);
    await held;
    const draining = client.drain();
    const state = watch(draining);
    expect(await rejection(client.stage(request))).toMatchObject(closed);
    expect(state.isSettled).toBe(false);
    release();
    await draining;
    expect((await Promise.all(stagings)).map(({ state, images }) => [state, images.length])).toEqual(Array(5).fill(["succeeded", 1]));
    expect(countOf(simulator, "create")).toBe(5);
  });

  it("does not reject when what is under way does", async () => {
    const { client, simulator } = await setTheStage();
    simulator.outcomes.add({ status: "failed" });
    const staging = rejection(client.stage(request));
    await client.drain();
    expect(await staging).toMatchObject({ code: "prediction_failed" });
  });

  it("is cut short by close()", async () => {
    const { client, held, run } = await holdStagings({ polling: 1 });
    const staging = rejection(client.stage(request));
    await held;
    const draining = client.drain();
    await client.close();
    await draining;
    expect(await staging).toMatchObject({ ...closed, runId: (await run()).id });
  });
});

describe.each(["close", "drain"] as const)("after %s()", (end) => {
  it("every call is refused before anything is sent or written", async () => {
    const { client, simulator, run } = await setTheStage();
    const { id } = await client.start(request);
    await client[end]();
    const { version } = await run();
    const before = simulator.requests.length;
    const calls = [client.stage(request), client.start(request), client.wait(id), client.cancel(id)];
    expect(await Promise.all(calls.map(rejection))).toEqual(calls.map(() => expect.objectContaining(closed)));
    expect(simulator.requests.slice(before)).toEqual([]);
    expect((await run()).version).toBe(version);
  });

  it("plan still tells what would be sent", async () => {
    const { client } = await setTheStage();
    await client[end]();
    expect((await client.plan(request)).modelId).toBe("qwen/qwen-image-edit");
  });

  it("a batch ends at its next request, by the same error", async () => {
    const { client, runs } = await setTheStage();
    let taken = 0;
    function* endless() {
      for (;;) {
        taken++;
        yield request;
      }
    }
    const batch = client.stageMany(endless(), { concurrency: 2 });
    const first = (await batch.next()).value;
    expect(first).toMatchObject({ run: { state: "succeeded" } });
    await client[end]();
    const indexes: number[] = [];
    const runIds: (string | undefined)[] = [];
    const error = await rejection(
      (async () => {
        for await (const { index, run, error } of batch) {
          indexes.push(index);
          runIds.push(run?.id ?? (error as { runId?: string }).runId);
        }
      })(),
    );
    expect(error).toMatchObject(closed);
    // What is taken when the end comes need not begin.
    expect(taken).toBeLessThanOrEqual(3);
    expect([...indexes].sort()).toEqual([0, 1, 2].filter((index) => index !== first.index).slice(0, indexes.length));
    // Nothing that was written is lost from sight.
    const written = (await runs()).map(({ id }) => id);
    expect([first.run?.id, ...runIds]).toEqual(expect.arrayContaining(written));
    expect(await batch.next()).toEqual({ done: true, value: undefined });
  });
});

describe("what is in flight", () => {
  it("gives what its work gives", async () => {
    const inFlight = createInFlight();
    expect(await inFlight.run(async () => "done")).toBe("done");
    const error = new TypeError("its own");
    expect(await rejection(inFlight.run(() => Promise.reject(error)))).toBe(error);
    const fail = () => {
      throw error;
    };
    expect(await rejection(inFlight.run(fail))).toBe(error);
    await inFlight.drain();
  });

  it("aborts with the caller's signal, for its reason", async () => {
    const inFlight = createInFlight();
    const controller = new AbortController();
    const work = rejection(inFlight.run(untilAborted, controller.signal));
    const other = inFlight.run(untilAborted);
    controller.abort("enough");
    expect(await work).toBe("enough");
    expect(await rejection(inFlight.run(untilAborted, controller.signal))).toBe("enough");
    await Promise.all([inFlight.close(), rejection(other)]);
  });

  it("gives each work an error of its own when it is closed", async () => {
    const inFlight = createInFlight();
    const works = [1, 2, 3].map(() => rejection(inFlight.run(untilAborted)));
    await inFlight.close();
    const errors = await Promise.all(works);
    expect(errors).toEqual(Array(3).fill(expect.objectContaining(closed)));
    expect(new Set(errors).size).toBe(3);
  });

  it("waits for work that does not listen", async () => {
    const inFlight = createInFlight();
    let finish = () => {};
    const work = inFlight.run(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const closing = inFlight.close();
    const state = watch(closing);
    expect(await rejection(inFlight.run(async () => "new"))).toMatchObject(closed);
    expect(state.isSettled).toBe(false);
    finish();
    await Promise.all([work, closing]);
  });

  it("hangs one listener on a signal for all who share it, and ends them all", async () => {
    const inFlight = createInFlight();
    const controller = new AbortController();
    const { signal } = controller;
    const works = Array.from({ length: 20 }, () => rejection(inFlight.run(untilAborted, signal)));
    await inFlight.run(async () => "done", signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    controller.abort("enough");
    expect(await Promise.all(works)).toEqual(Array(20).fill("enough"));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("leaves no listener on the caller's signal, of work that ended in any way", async () => {
    const inFlight = createInFlight();
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = () => getEventListeners(signal, "abort").length;
    const work = rejection(inFlight.run(untilAborted, signal));
    expect(listeners()).toBe(1);
    await inFlight.run(async () => "done", signal);
    await rejection(inFlight.run(() => Promise.reject(new Error("no")), signal));
    expect(listeners()).toBe(1);
    await inFlight.close();
    await work;
    await rejection(inFlight.run(async () => "refused", signal));
    expect(listeners()).toBe(0);
  });
});
