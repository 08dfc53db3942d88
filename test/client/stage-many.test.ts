import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { inFinishOrder, type Turn } from "../../src/client/in-finish-order.ts";
import { type StageManyOptions, type StageOutcome, stageMany } from "../../src/client/stage-many.ts";
import type { StageRequest } from "../../src/client/stage-request.ts";
import type { StagingClient } from "../../src/client/staging-client.ts";
import type { BuiltInModel } from "../../src/models/index.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";
import { holdStagings } from "./hold-stagings.ts";

type Requests = Iterable<StageRequest<BuiltInModel>> | AsyncIterable<StageRequest<BuiltInModel>>;

const stageAll = (client: StagingClient, requests: Requests, options?: StageManyOptions) =>
  stageMany((one, each) => client.stage(one, each), requests, options);

/** All that an iteration gives, and the error that it ends with. */
async function collect<Value>(values: AsyncIterable<Value>): Promise<{ readonly values: readonly Value[]; readonly error?: unknown }> {
  const collected: Value[] = [];
  try {
    for await (const value of values) collected.push(value);
    return { values: collected };
  } catch (error) {
    return { values: collected, error };
  }
}

/** An endless source that tells how often it was asked and whether it was closed. */
function endless<Item>(item: Item) {
  const state = { taken: 0, closed: 0 };
  function* iterate() {
    try {
      for (;;) {
        state.taken++;
        yield item;
      }
    } finally {
      state.closed++;
    }
  }
  return { state, items: iterate() };
}

/** Work that ends when a test says so, or by its signal. */
function heldWork() {
  const turns: (Turn & { readonly finish: () => void })[] = [];
  const work = (item: unknown, turn: Turn) =>
    new Promise<unknown>((resolve, reject) => {
      turn.signal.addEventListener("abort", () => reject(turn.signal.reason), { once: true });
      turns.push({ ...turn, finish: () => resolve(item) });
    }).catch((error) => ({ error }));
  return { turns, work };
}

const never = new Promise<never>(() => undefined);
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a batch", () => {
  it("gives a run for every request, with the request and its index", async () => {
    const { client, simulator, runs } = await setTheStage();
    const requests = (["bedroom", "kitchen", "bathroom", "office"] as const).map((room) => ({ ...request, room, group: room }));
    const { values, error } = await collect(stageAll(client, requests, { concurrency: 2 }));
    expect(error).toBeUndefined();
    expect(values.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3]);
    for (const { index, request, run } of values) {
      expect(request).toBe(requests[index]);
      expect(run).toMatchObject({ state: "succeeded", group: request.group });
      expect(run?.images).toHaveLength(1);
    }
    expect([countOf(simulator, "create"), (await runs()).length]).toEqual([4, 4]);
  });

  it("goes on when one fails, be it before or after it was sent", async () => {
    const { client, simulator } = await setTheStage();
    simulator.outcomes.add({ status: "failed" });
    const requests = [request, {} as never, request, { ...request, image: "ftp://example.com/room.jpg" }, request];
    const { values, error } = await collect(stageAll(client, requests, { concurrency: 1 }));
    expect(error).toBeUndefined();
    expect(values.map(({ index, run, error }) => [index, run?.state ?? (error as { code: string }).code])).toEqual([
      [0, "prediction_failed"],
      [1, "invalid_request"],
      [2, "succeeded"],
      [3, "invalid_image"],
      [4, "succeeded"],
    ]);
  });

  it("of nothing is over at once", async () => {
    const { client } = await setTheStage();
    expect(await collect(stageAll(client, []))).toEqual({ values: [] });
  });

  it("tells how far each is, with its index; a listener that throws changes nothing", async () => {
    const { client } = await setTheStage();
    const phases: string[][] = [[], []];
    const onProgress: StageManyOptions["onProgress"] = ({ phase }, index) => {
      phases[index]?.push(phase);
      if (index === 0) throw new Error("the listener's own");
      return Promise.reject(new Error("the listener's own"));
    };
    const { values } = await collect(stageAll(client, [request, request], { onProgress }));
    expect(values.map(({ run }) => run?.state)).toEqual(["succeeded", "succeeded"]);
    for (const told of phases) expect([told[0], told.at(-1)]).toEqual(["uploading", "done"]);
  });

  it("gives each staging the time to wait", async () => {
    const { client } = await setTheStage();
    const { values } = await collect(stageAll(client, [request, request], { timeoutMs: 0 }));
    expect(values.map(({ error }) => error)).toEqual(Array(2).fill(expect.objectContaining({ code: "wait_timeout" })));
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "8", null])("refuses a concurrency of %s at once", (concurrency) => {
    const { state, items } = endless(request);
    const start = () => stageMany(() => never, items, { concurrency: concurrency as number });
    expect(start).toThrow(
      expect.objectContaining({ code: "invalid_request", problems: [expect.objectContaining({ field: "concurrency" })] }),
    );
    expect(state.taken).toBe(0);
  });

  it.each([undefined, null, 5, "rooms", request, () => []])("refuses requests that are no list: %s", (requests) => {
    const start = () => stageMany(() => never, requests as never);
    expect(start).toThrow(expect.objectContaining({ code: "invalid_request", problems: [expect.objectContaining({ field: "requests" })] }));
  });

  it("refuses a time to wait that is none", () => {
    const start = () => stageMany(() => never, [request], { timeoutMs: -1 });
    expect(start).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ field: "timeoutMs" })] }));
  });

  it("has the types of the client", async () => {
    const { client } = await setTheStage();
    const batch = stageAll(client, [request]);
    expectTypeOf(batch).toEqualTypeOf<AsyncIterableIterator<StageOutcome<BuiltInModel>>>();
    for await (const { run, error } of batch) {
      if (run) expectTypeOf(error).toEqualTypeOf<undefined>();
      expect(run?.state).toBe("succeeded");
    }
  });
});

describe("an abort of a batch", () => {
  it("ends what is under way wherever it is, gives each of them, and then throws its reason", async () => {
    const { client, simulator, held, release, total, runs, another } = await holdStagings({ uploading: 2, creating: 2, polling: 2 });
    const controller = new AbortController();
    const { signal } = controller;
    const { state, items } = endless(request);
    const reason = { why: "the service stops" };
    const batch = collect(stageAll(client, items, { concurrency: total, signal }));
    await held;
    controller.abort(reason);
    release();
    const { values, error } = await batch;
    expect(error).toBe(reason);
    expect(values.map(({ error }) => error)).toEqual(Array(total).fill(reason));
    expect(values.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(state).toEqual({ taken: total, closed: 1 });

    const books = await runs();
    expect(books.map(({ state }) => state).sort()).toEqual([...Array(2).fill("aborted"), ...Array(4).fill("running")]);
    simulator.faults.clear();
    const next = another({ fetch });
    for (const { id } of books.filter(({ state }) => state === "running")) expect((await next.wait(id)).state).toBe("succeeded");
    expect({ creates: countOf(simulator, "create"), cancels: countOf(simulator, "cancel") }).toEqual({ creates: 4, cancels: 0 });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("before it takes nothing", async () => {
    const { client, simulator } = await setTheStage();
    const { state, items } = endless(request);
    expect(await collect(stageAll(client, items, { signal: AbortSignal.abort("enough") }))).toEqual({ values: [], error: "enough" });
    expect({ requests: simulator.requests, taken: state.taken }).toEqual({ requests: [], taken: 0 });
  });

  it("cancels too where that was asked for", async () => {
    const { client, simulator, held, runs } = await holdStagings({ polling: 2 });
    simulator.outcomes.add({ neverStarts: true, times: 2 });
    const controller = new AbortController();
    const batch = collect(stageAll(client, [request, request], { signal: controller.signal, cancelOnAbort: true }));
    await held;
    controller.abort("enough");
    expect((await batch).error).toBe("enough");
    expect(countOf(simulator, "cancel")).toBe(2);
    expect((await runs()).map(({ state }) => state)).toEqual(["canceled", "canceled"]);
  });

  it("does not wait for a source that never answers", async () => {
    const { turns, work } = heldWork();
    let isClosed = false;
    async function* source() {
      try {
        yield "a";
        await never;
      } finally {
        isClosed = true;
      }
    }
    const controller = new AbortController();
    const batch = collect(inFinishOrder(source(), work, { concurrency: 2, signal: controller.signal }));
    await settle();
    expect(turns).toHaveLength(1);
    controller.abort("enough");
    expect(await batch).toEqual({ values: [{ error: "enough" }], error: "enough" });
    // A generator that waits cannot be closed before it goes on.
    expect(isClosed).toBe(false);
  });
});

describe("a loop that is left", () => {
  it("begins nothing more, ends the waiting and closes the source; the runs go on", async () => {
    const { client, simulator, runs, another } = await setTheStage();
    const { state, items } = endless(request);
    let isHeld = false;
    for await (const { run } of stageAll(client, items, { concurrency: 3 })) {
      expect(run?.state).toBe("succeeded");
      simulator.faults.add({ on: "get", kind: "hang", times: Number.POSITIVE_INFINITY });
      isHeld = true;
      break;
    }
    expect(isHeld).toBe(true);
    expect(state).toEqual({ taken: 3, closed: 1 });
    const books = await runs();
    expect(books.map(({ state }) => state).filter((state) => state === "creating" || state === "preparing")).toEqual([]);
    simulator.faults.clear();
    for (const { id, state } of books) if (state !== "aborted") expect((await another().wait(id)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBeLessThanOrEqual(3);
    expect(countOf(simulator, "cancel")).toBe(0);
  });

  it("by an error of its own keeps that error, though the source fails to close", async () => {
    const source = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false as const, value: "a" }),
        return: () => {
          throw new Error("the source's own");
        },
      }),
    };
    const leave = async () => {
      for await (const _ of inFinishOrder(source, async (item) => item, { concurrency: 2 })) throw new Error("the loop's own");
    };
    expect(await rejection(leave())).toMatchObject({ message: "the loop's own" });
  });

  it("is over only when all that was under way is", async () => {
    const { turns, work } = heldWork();
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slowToEnd = async (item: unknown, turn: Turn) => {
      const result = await work(item, turn);
      if (turn.signal.aborted) await slow;
      return result;
    };
    const results = inFinishOrder(["a", "b"], slowToEnd, { concurrency: 2 });
    const first = results.next();
    await settle();
    turns[0]?.finish();
    expect((await first).value).toBe("a");
    let isOver = false;
    const leaving = results.return?.().then(() => {
      isOver = true;
    });
    await settle();
    expect({ isAborted: turns[1]?.signal.aborted, isOver }).toEqual({ isAborted: true, isOver: false });
    release();
    await leaving;
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it("ends a next that still waits", async () => {
    const source = { [Symbol.asyncIterator]: () => ({ next: () => never }) };
    const results = inFinishOrder(source, heldWork().work, { concurrency: 1 });
    const waiting = results.next();
    await settle();
    await results.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it("before it began never asks the source", async () => {
    const { state, items } = endless("a");
    const results = inFinishOrder(items, heldWork().work, { concurrency: 1 });
    await results.return?.();
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(state.taken).toBe(0);
  });
});

describe("a source", () => {
  it("that throws ends the batch behind what is under way", async () => {
    const { client } = await setTheStage();
    async function* source() {
      yield request;
      yield request;
      throw new TypeError("the source's own");
    }
    const { values, error } = await collect(stageAll(client, source()));
    expect(values.map(({ run }) => run?.state)).toEqual(["succeeded", "succeeded"]);
    expect(error).toMatchObject({ message: "the source's own" });
  });

  it("that throws in any way is heard", async () => {
    const error = new Error("the source's own");
    const fail = () => {
      throw error;
    };
    const failing = [
      { [Symbol.iterator]: fail },
      { [Symbol.iterator]: () => ({ next: fail }) },
      { [Symbol.asyncIterator]: () => ({ next: fail }) },
      { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) },
    ];
    for (const source of failing) expect(await collect(stageMany(() => never, source))).toEqual({ values: [], error });
  });

  it("that is slow holds no outcome back", async () => {
    let give = (_: string) => {};
    async function* source() {
      yield "a";
      yield await new Promise<string>((resolve) => {
        give = resolve;
      });
    }
    const results = inFinishOrder(source(), async (item) => item, { concurrency: 4 });
    expect((await results.next()).value).toBe("a");
    give("b");
    expect((await results.next()).value).toBe("b");
    expect((await results.next()).done).toBe(true);
  });

  it("is held back by a consumer that is slow", async () => {
    const { state, items } = endless("a");
    const results = inFinishOrder(items, async (item) => item, { concurrency: 3 });
    for (let consumed = 1; consumed < 5; consumed++) {
      await results.next();
      await settle();
      // The one in the consumer's hands counts.
      expect(state.taken).toBe(consumed + 2);
    }
    await results.return?.();
    expect(state.closed).toBe(1);
  });
});

it("keeps the promises whatever comes first", async () => {
  const ending = fc.constantFrom("end", "abort", "break", "throw");
  const shape = { concurrency: fc.integer({ min: 1, max: 4 }), count: fc.nat(10), ending, breakAt: fc.nat(4), isAsync: fc.boolean() };
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.record(shape), async (scheduler, { concurrency, count, ending, breakAt, isAsync }) => {
      const sourceError = new Error("the source's own");
      const controller = new AbortController();
      const mistakes: string[] = [];
      const begun: number[] = [];
      const finished: number[] = [];
      const given: number[] = [];
      let [taken, released, underWay, closed] = [0, 0, 0, 0];
      let isLeft = false;
      const take = () => {
        taken++;
        if (taken - released > concurrency) mistakes.push(`${taken - released} were held`);
      };
      function* sync() {
        try {
          for (let item = 0; item < count; item++) {
            take();
            yield item;
          }
          if (ending === "throw") throw sourceError;
        } finally {
          closed++;
        }
      }
      async function* later() {
        for (const item of sync()) {
          await scheduler.schedule(Promise.resolve(), `source ${item}`);
          yield item;
        }
      }
      const work = async (item: number, { index, signal }: Turn) => {
        if (index !== item || isLeft || controller.signal.aborted) mistakes.push(`${item} was begun too late, as ${index}`);
        begun.push(item);
        underWay++;
        await Promise.race([
          scheduler.schedule(Promise.resolve(), `work ${item}`),
          new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })),
        ]);
        // What is aborted needs a while, too.
        if (signal.aborted) await scheduler.schedule(Promise.resolve(), `end of ${item}`);
        underWay--;
        finished.push(item);
        return item;
      };
      const consume = async () => {
        for await (const item of inFinishOrder(isAsync ? later() : sync(), work, { concurrency, signal: controller.signal })) {
          given.push(item);
          await scheduler.schedule(Promise.resolve(), `consumer ${item}`);
          if (ending === "break" && given.length > breakAt) {
            isLeft = true;
            break;
          }
          released++;
        }
      };
      if (ending === "abort") void scheduler.schedule(Promise.resolve(), "abort").then(() => controller.abort("enough"));
      const outcome = await scheduler.waitFor(
        consume().then(
          () => "done",
          (error) => error,
        ),
      );
      expect(underWay).toBe(0);
      expect(given).toEqual(finished.slice(0, given.length));
      if (ending === "throw") expect(outcome).toBe(sourceError);
      else expect(ending === "abort" ? ["done", "enough"] : ["done"]).toContain(outcome);
      if (!isLeft) expect([...given].sort()).toEqual([...begun].sort());
      if (!isLeft && outcome !== "enough") expect(begun.length).toBe(count);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
      await scheduler.waitIdle();
      expect(closed).toBeLessThanOrEqual(1);
      if (taken > 0) expect(closed).toBe(1);
      expect(mistakes).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

it("keeps nothing of what was consumed, though one hangs all the while", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const kept: WeakRef<object>[] = [];
  function* source() {
    for (let index = 0; index < 2_000; index++) {
      const item = { index };
      kept.push(new WeakRef(item));
      yield item;
    }
  }
  const { turns, work } = heldWork();
  const results = inFinishOrder(source(), (item, turn) => (turn.index === 0 ? work(item, turn) : Promise.resolve(item)), {
    concurrency: 4,
  });
  for (let consumed = 0; consumed < 1_900; consumed++) await results.next();
  // The references of a turn of the event loop live until it is over.
  await settle();
  collectGarbage();
  expect(kept.length).toBeGreaterThanOrEqual(1_900);
  expect(kept.filter((reference) => reference.deref() !== undefined).length).toBeLessThanOrEqual(8);
  turns[0]?.finish();
  await results.return?.();
});
