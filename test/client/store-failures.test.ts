import { describe, expect, it } from "vitest";
import { UnrecordedPredictionError } from "../../src/errors/unrecorded-prediction-error.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
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
    // Once a create was accepted, the caller is told of the prediction, not of the database.
    const isTold = first === away || UnrecordedPredictionError.is(first);
    expect(isTold || !runStore.failed()).toBe(true);
    if (UnrecordedPredictionError.is(first)) expect(first).toMatchObject({ billed: "unknown", predictionId: simulator.predictions[0]?.id });
    await client.stage(keyed, { timeoutMs: 60_000 }).catch(() => undefined);
    expect(countOf(simulator, "create")).toBeLessThanOrEqual(1);
    expect(simulator.ledger.microUsd).toBeLessThanOrEqual(30_000);
    const booked = await runs();
    if (simulator.predictions.length === 1) {
      const held = booked.filter(({ attempts }) => attempts.length > 0);
      expect(held).toHaveLength(1);
      expect(["creating", "running", "succeeded"]).toContain(held[0]?.state);
    }
  });

  it("to write down an unknown outcome does not make it a known one", async () => {
    // 1 create, 2 upload, 3 claim, 4 what came of it
    const { client, simulator, run } = await setTheStage({ runStore: failingStore(4, "before") });
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

  it("in a claim of somebody else sends nothing, and leaves the run to them", async () => {
    const store = memoryRunStore();
    let rival = true;
    const update: RunStore["update"] = async (id, version, patch) => {
      if (rival && patch.state === "creating") {
        rival = false;
        await store.update(id, version, patch);
      }
      return store.update(id, version, patch);
    };
    const { client, simulator, run } = await setTheStage({ runStore: { ...store, update } });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "run_failed", state: "creating", billed: "no" });
    expect(await run()).toMatchObject({ state: "creating", finishedAt: null });
    expect(countOf(simulator, "create")).toBe(0);
  });
});
