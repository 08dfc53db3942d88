import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/basics/clock.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { unrecognisable } from "./failures.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";

const away = new Error("the database is away");

/** A run store whose `nth` write of any kind fails: before it is done, or after it, as when the answer of a database is lost. */
function failingStore(nth: number, when: "before" | "after"): RunStore & { readonly failed: () => boolean } {
  const store = memoryRunStore();
  let writes = 0;
  const failing =
    <Args extends readonly unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      writes += 1;
      if (writes !== nth) return write(...args);
      if (when === "after") await write(...args);
      throw away;
    };
  return { ...store, create: failing(store.create), update: failing(store.update), failed: () => writes >= nth };
}

describe("a run store that fails", () => {
  const cases = [1, 2, 3, 4, 5, 6].flatMap((nth) => (["before", "after"] as const).map((when) => [nth, when] as const));

  it.each(cases)("at write %i, %s it is done: nothing is paid twice, and no paid prediction is booked as free", async (nth, when) => {
    const runStore = failingStore(nth, when);
    const { client, simulator, runs } = await setTheStage({ runStore });
    const keyed = { ...request, idempotencyKey: "order-1" };
    const first = await client.stage(keyed, { timeoutMs: 60_000 }).then(
      () => undefined,
      (error) => error,
    );
    // The answer to a create is written again and again: what failed once is not noticed.
    const isAnswer = nth === 4;
    expect(first).toBe(runStore.failed() && !isAnswer ? away : undefined);
    await client.stage(keyed, { timeoutMs: 60_000 }).catch(() => undefined);
    expect(countOf(simulator, "create")).toBeLessThanOrEqual(1);
    expect(simulator.ledger.microUsd).toBeLessThanOrEqual(30_000);
    const booked = await runs();
    if (simulator.predictions.length === 1) {
      const held = booked.filter(({ attempts }) => attempts.some(({ error }) => error === null));
      expect(held).toHaveLength(1);
      expect(["creating", "running", "succeeded"]).toContain(held[0]?.state);
    }
  });

  it("to write down an unknown outcome does not make it a known one", async () => {
    // 1 create, 2 upload, 3 claim, 4 what came of it
    const { client, simulator, run } = await setTheStage({ runStore: failingStore(4, "before") }, { behaviour: unrecognisable });
    simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    await rejection(client.stage({ ...request, idempotencyKey: "order-1" }));
    expect(["creating", "unknown"]).toContain((await run()).state);
    await rejection(client.stage({ ...request, idempotencyKey: "order-1" }, { timeoutMs: 1_000 }));
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("in a conflict reads again, and keeps what the other wrote", async () => {
    const store = memoryRunStore();
    let rival = true;
    const update: RunStore["update"] = async (id, version, patch) => {
      if (rival && patch.state === "creating") {
        rival = false;
        await store.update(id, version, { group: "by another" });
      }
      return store.update(id, version, patch);
    };
    const { client, simulator, run } = await setTheStage({ runStore: { ...store, update } });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(await run()).toMatchObject({ state: "succeeded", group: "by another" });
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each([
    ["holds the run: waits for them", systemClock.now, { code: "wait_timeout", billed: "unknown" }, "creating"],
    ["is gone: finds out what became of it", undefined, { code: "run_failed", reasonCode: "not_created", billed: "no" }, "failed"],
  ] as const)("in a claim of somebody else sends nothing, where that one %s", async (_, leaseClock, told, state) => {
    const stage = await setTheStage();
    const store = memoryRunStore({ clock: leaseClock ?? stage.clock.now });
    let rival = true;
    const update: RunStore["update"] = async (id, version, patch) => {
      if (rival && patch.state === "creating") {
        rival = false;
        await store.update(id, version, patch);
      }
      return store.update(id, version, patch);
    };
    const client = stage.another({ runStore: { ...store, update } });
    expect(await rejection(client.stage(request))).toMatchObject(told);
    expect((await store.list()).runs).toMatchObject([{ state, attempts: [{ predictionId: null }] }]);
    expect(countOf(stage.simulator, "create")).toBe(0);
  });
});
