import { describe, expect, it } from "vitest";
import { failures, lostAnswers, script, unrecognisable } from "./failures.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";

describe("a staging that ends badly", () => {
  it.each(failures.map((failure) => [failure.name, failure] as const))("%s", async (_, failure) => {
    const { creates = 1, predictions = 1, microUsd = 0, requestTimeoutMs = 5_000, behaviour = {} } = failure;
    const stage = await setTheStage({ requestTimeoutMs }, { behaviour });
    script(stage.simulator, failure);
    const error = await rejection(stage.client.stage(request));
    expect(error).toMatchObject(failure.error);
    const run = await stage.run();
    const sent = countOf(stage.simulator, "create");
    expect({ creates: creates === "several" && sent > 1 ? "several" : sent, state: run.state }).toEqual({ creates, state: failure.state });
    expect(stage.simulator.predictions).toHaveLength(predictions);
    expect(run.cost?.microUsd ?? null).toBe(microUsd);
    const isOver = failure.state !== "running" && failure.state !== "unknown";
    expect(run.finishedAt !== null).toBe(isOver);
    // What the run keeps of the error is what its caller got.
    if (failure.state !== "running") {
      const { code, message, retryable, billed } = error as { code: string; message: string; retryable: boolean; billed: string };
      expect(run.error).toEqual({ code, message, retryable, billed });
    }
    if (failure.outcome && isOver) {
      const predictionId = stage.simulator.predictions[0]?.id;
      expect(error).toMatchObject({ runId: run.id, predictionId, message: expect.stringContaining(String(predictionId)) });
    }
    expect(run.images).toEqual([]);
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
    // Our books say no less than what Replicate bills.
    if (isOver && microUsd !== null)
      expect(run.cost?.microUsd).toBeGreaterThanOrEqual(failure.state === "expired" ? 0 : stage.simulator.ledger.microUsd);
    const finished = stage.events.filter(({ type }) => type === "run.finished");
    expect(finished).toHaveLength(isOver ? 1 : 0);
  });

  it.each(lostAnswers.map((lost) => [lost.name, lost] as const))("goes well where the answer alone is lost: %s", async (_, lost) => {
    const stage = await setTheStage({ requestTimeoutMs: lost.requestTimeoutMs ?? 5_000 });
    script(stage.simulator, lost);
    const run = await stage.client.stage(request);
    const predictionId = stage.simulator.predictions[0]?.id;
    expect(run).toMatchObject({ state: "succeeded", attempts: [{ predictionId, foundBy: "listing" }], cost: { microUsd: 30_000 } });
    expect(run.images).toHaveLength(1);
    expect(countOf(stage.simulator, "create")).toBe(1);
    expect(stage.simulator.ledger).toMatchObject({ outputs: 1, microUsd: 30_000 });
  });

  it("is never sent again by another staging's retry: the next one is a run of its own", async () => {
    const stage = await setTheStage({}, { behaviour: unrecognisable });
    stage.simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    await rejection(stage.client.stage(request));
    const second = await stage.client.stage(request);
    const runs = await stage.runs();
    expect(runs.map(({ state }) => state)).toEqual(["unknown", "succeeded"]);
    expect(second.id).toBe(runs[1]?.id);
    expect(countOf(stage.simulator, "create")).toBe(2);
  });

  it("cannot be waited for where only a person can tell what became of it, and does not say that nothing is billed", async () => {
    const stage = await setTheStage({}, { behaviour: unrecognisable });
    stage.simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    const error = (await rejection(stage.client.stage(request))) as { runId: string };
    expect(await rejection(stage.client.wait(error.runId))).toMatchObject({ code: "run_not_waitable", billed: "unknown" });
    expect(countOf(stage.simulator, "create")).toBe(1);
  });

  it.each([401, 404])("does not say that nothing is billed when the look at a running prediction ends with %i", async (status) => {
    const stage = await setTheStage();
    stage.simulator.faults.add({ on: "get", kind: "status", status });
    expect(await rejection(stage.client.stage(request))).toMatchObject({ billed: "unknown" });
  });

  it.each([
    ["failed", { status: "failed" }, "prediction_failed", "unknown"],
    ["aborted", { status: "aborted" }, "prediction_stopped", "no"],
    ["canceled", { status: "canceled" }, "prediction_stopped", "yes"],
  ] as const)("and is waited for again tells the same: %s", async (state, outcome, reasonCode, billed) => {
    const stage = await setTheStage();
    stage.simulator.outcomes.add(outcome);
    await rejection(stage.client.stage(request));
    const { id, attempts } = await stage.run();
    expect(await rejection(stage.client.wait(id))).toMatchObject({
      code: "run_failed",
      runId: id,
      predictionId: attempts[0]?.predictionId,
      state,
      reasonCode,
      billed,
    });
  });

  it("keeps the photo while a prediction may still need it, and deletes it once that is over", async () => {
    const stage = await setTheStage({}, { behaviour: unrecognisable });
    stage.simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    await rejection(stage.client.stage(request));
    expect(countOf(stage.simulator, "file")).toBe(0);
    stage.simulator.faults.add({ on: "create", kind: "status", status: 422 });
    await rejection(stage.client.stage(request));
    expect(stage.simulator.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });
});
