import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/testing/index.ts";
import { unrecognisable } from "./failures.ts";
import { countOf, pro, rejection, request, type Stage, setTheStage } from "./helpers.ts";

const keyed = { ...request, idempotencyKey: "order-1" };

/** A run that is left to a person; its prediction is there, or not. */
async function leaveUnknown(
  isCreated = true,
  outcome: Outcome = {},
): Promise<Stage & { readonly runId: string; readonly predictionId: string }> {
  const stage = await setTheStage({ onUnknown: "stop" }, { behaviour: unrecognisable });
  stage.simulator.outcomes.add(outcome);
  stage.simulator.faults.add({ on: "create", kind: "reset", when: isCreated ? "after_accept" : "after_read" });
  const { runId } = (await rejection(stage.client.stage(keyed))) as { runId: string };
  expect((await stage.run()).state).toBe("unknown");
  return { ...stage, runId, predictionId: stage.simulator.predictions[0]?.id ?? "" };
}

describe("conclude", () => {
  it("gives the run its prediction: it goes on, and is nobody's to hold", async () => {
    const { another, simulator, runId, predictionId } = await leaveUnknown();
    expect(await another().conclude(runId, { predictionId })).toMatchObject({
      state: "running",
      error: null,
      leaseExpiresAt: null,
      attempts: [{ number: 1, predictionId, foundBy: "person", error: null }],
    });
    expect(await another().resume()).toMatchObject([{ runId, run: { state: "succeeded", cost: { microUsd: 30_000 } } }]);
    expect(countOf(simulator, "create")).toBe(1);
    expect(simulator.ledger.microUsd).toBe(30_000);
  });

  it("that there is none: the run failed and cost nothing, its photo is deleted, its idempotency key is free", async () => {
    const { another, simulator, runId, runs } = await leaveUnknown(false);
    expect(await another().conclude(runId, { predictionId: null })).toMatchObject({
      state: "failed",
      error: { code: "not_created", billed: "no" },
      cost: { microUsd: 0 },
      leaseExpiresAt: null,
    });
    expect(simulator.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
    expect((await another().stage(keyed)).state).toBe("succeeded");
    expect((await runs()).map(({ state }) => state)).toEqual(["failed", "succeeded"]);
    expect(countOf(simulator, "create")).toBe(2);
    expect(simulator.predictions).toHaveLength(1);
  });

  it("carries out a cancel that was asked for meanwhile", async () => {
    const { another, simulator, runId, predictionId, run } = await leaveUnknown(true, { durationMs: 300_000 });
    expect(await another().cancel(runId)).toMatchObject({ state: "unknown", cancelRequested: true });
    await another().conclude(runId, { predictionId });
    expect(countOf(simulator, "cancel")).toBe(1);
    expect(await rejection(another().wait(runId))).toMatchObject({ code: "prediction_stopped", status: "canceled" });
    expect(await run()).toMatchObject({ state: "canceled", cost: { microUsd: 30_000 } });
    expect(simulator.ledger.microUsd).toBe(30_000);
  });

  it.each(["", "a/b", "../account", "x".repeat(65), 5, undefined, {}])("refuses what is no id: %j", async (predictionId) => {
    const { another, simulator, runId, run } = await leaveUnknown();
    const before = simulator.requests.length;
    const error = await rejection(another().conclude(runId, { predictionId } as never));
    expect(error).toMatchObject({ code: "invalid_request", problems: [{ field: "predictionId" }] });
    expect(simulator.requests.length).toBe(before);
    expect((await run()).state).toBe("unknown");
  });

  it.each([undefined, null, "p1", 5])("refuses a conclusion that is none: %j", async (conclusion) => {
    const { another, runId, run } = await leaveUnknown();
    expect(await rejection(another().conclude(runId, conclusion as never))).toMatchObject({ code: "invalid_request" });
    expect((await run()).state).toBe("unknown");
  });

  it("refuses the prediction of another model, of another run, and one that Replicate does not know", async () => {
    const { another, simulator, runId, runStore } = await leaveUnknown();
    const elsewhere = simulator.createElsewhere({ modelId: pro, input: { prompt: "x" } });
    const other = await another().start(request);
    const ids = [elsewhere, other.attempts[0]?.predictionId ?? "", "nobodyknowsthisone"];
    const errors = await Promise.all(ids.map((predictionId) => rejection(another().conclude(runId, { predictionId }))));
    expect(errors).toMatchObject([
      { code: "invalid_request", message: expect.stringContaining(pro) },
      { code: "invalid_request", message: expect.stringContaining("another run") },
      { code: "replicate_answer" },
    ]);
    expect(await runStore.get(runId)).toMatchObject({ state: "unknown", attempts: [{ predictionId: null }] });
    expect((await runStore.get(other.id))?.state).toBe("running");
  });

  it("refuses a run that is not unknown, or not there", async () => {
    const { client, runs } = await setTheStage();
    const { id } = await client.start(request);
    expect(await rejection(client.conclude(id, { predictionId: null }))).toMatchObject({ code: "invalid_request" });
    await client.wait(id);
    expect(await rejection(client.conclude(id, { predictionId: null }))).toMatchObject({ code: "invalid_request" });
    expect(await rejection(client.conclude("run_none", { predictionId: null }))).toMatchObject({ code: "run_not_found" });
    expect((await runs()).map(({ state }) => state)).toEqual(["succeeded"]);
  });

  it("of two persons at once lets one be right", async () => {
    const { another, runId, predictionId, run, simulator } = await leaveUnknown();
    const told = await Promise.allSettled([another().conclude(runId, { predictionId }), another().conclude(runId, { predictionId })]);
    expect(told.some(({ status }) => status === "fulfilled")).toBe(true);
    expect(await run()).toMatchObject({ state: "running", attempts: [{ predictionId }] });
    expect(countOf(simulator, "create")).toBe(1);
  });
});
