import { describe, expect, it } from "vitest";
import { unrecognisable } from "./failures.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";

describe("cancel", () => {
  it.each(["canceled", "aborted"] as const)("before the start, where Replicate calls that %s", async (canceledBeforeStart) => {
    const { client, simulator, run, events } = await setTheStage({}, { behaviour: { canceledBeforeStart } });
    const { id } = await client.start(request);
    const canceled = await client.cancel(id);
    expect(canceled).toMatchObject({ state: canceledBeforeStart, cancelRequested: true, error: { code: "prediction_stopped" } });
    expect(await run()).toEqual(canceled);
    expect(canceled.error?.billed).toBe(canceledBeforeStart === "aborted" ? "no" : "unknown");
    expect(canceled.cost?.microUsd).toBe(canceledBeforeStart === "aborted" ? 0 : null);
    expect(events.at(-1)).toMatchObject({ type: "run.finished", state: canceledBeforeStart });
    expect(simulator.ledger.microUsd).toBe(0);
    expect(await rejection(client.wait(id))).toMatchObject({ code: "run_failed", state: canceledBeforeStart });
  });

  it("while it runs is paid", async () => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(request);
    await simulator.clock.advance(2_000);
    const run = await client.cancel(id);
    expect(run).toMatchObject({ state: "canceled", error: { billed: "yes" }, cost: { microUsd: 30_000 } });
    expect(run.attempts[0]).toMatchObject({ predictionStatus: "canceled", startedAt: expect.any(String) });
    expect(simulator.ledger.microUsd).toBe(30_000);
    expect(simulator.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("while somebody waits ends the waiting", async () => {
    const { client, another, run } = await setTheStage();
    let canceling: Promise<unknown> | undefined;
    const onProgress = ({ phase, runId }: { phase: string; runId: string }) => {
      if (phase === "processing") canceling ??= another().cancel(runId);
    };
    expect(await rejection(client.stage(request, { onProgress }))).toMatchObject({
      code: "prediction_stopped",
      status: "canceled",
      billed: "yes",
    });
    await canceling;
    expect((await run()).state).toBe("canceled");
  });

  it("after the end changes nothing and asks nothing", async () => {
    const { client, simulator, run } = await setTheStage();
    const { id } = await client.stage(request);
    const before = await run();
    expect(await client.cancel(id)).toEqual(before);
    expect(await run()).toEqual(before);
    expect(countOf(simulator, "cancel")).toBe(0);
  });

  it("twice is as good as once", async () => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(request);
    const [first, second] = await Promise.all([client.cancel(id), client.cancel(id)]);
    expect(first.state).toBe("canceled");
    expect(second.state).toBe("canceled");
    expect(await client.cancel(id)).toMatchObject({ state: "canceled" });
    expect(simulator.ledger.microUsd).toBe(0);
  });

  it("of a prediction that has just ended leaves its images", async () => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(request);
    await simulator.clock.advance(60_000);
    expect(await client.cancel(id)).toMatchObject({ state: "running", cancelRequested: true });
    expect((await client.wait(id)).state).toBe("succeeded");
  });

  it("of an unknown run", async () => {
    const { client, simulator } = await setTheStage();
    for (const id of ["run_none", "", "../x", "__proto__"]) {
      expect(await rejection(client.cancel(id))).toMatchObject({ code: "run_not_found" });
      expect(await rejection(client.wait(id))).toMatchObject({ code: "run_not_found" });
    }
    expect(simulator.requests).toEqual([]);
  });

  it("of a run whose outcome is unknown is kept", async () => {
    const { client, simulator, run } = await setTheStage({}, { behaviour: unrecognisable });
    simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    await rejection(client.stage(request));
    expect(await client.cancel((await run()).id)).toMatchObject({ state: "unknown", cancelRequested: true });
    expect(countOf(simulator, "cancel")).toBe(0);
  });

  it.each([
    ["429", { kind: "throttle", retryAfterSeconds: 0, tells: ["header"] }],
    ["500", { kind: "status", status: 500 }],
    ["a reset", { kind: "reset", when: "after_accept" }],
  ] as const)("is asked for again after %s", async (_, fault) => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(request);
    simulator.faults.add({ on: "cancel", times: 2, ...fault });
    expect((await client.cancel(id)).state).toBe("canceled");
    expect(countOf(simulator, "cancel")).toBe(3);
  });

  it("that fails is told, and the run goes on", async () => {
    const { client, simulator, run } = await setTheStage();
    const { id } = await client.start(request);
    simulator.faults.add({ on: "cancel", kind: "status", status: 500, times: 4 });
    expect(await rejection(client.cancel(id))).toMatchObject({ code: "replicate_answer", retryable: true });
    expect(await run()).toMatchObject({ state: "running", cancelRequested: true });
    expect((await client.wait(id)).state).toBe("succeeded");
  });
});

describe("cancel before the create was answered", () => {
  it("while the photo is uploaded: nothing is sent, and the photo is deleted", async () => {
    const { simulator, another, run } = await setTheStage();
    let canceling: Promise<unknown> | undefined;
    const client = another({
      onEvent: (event) => {
        if (event.type === "photo.uploaded") canceling = another().cancel(event.runId);
      },
    });
    const error = await rejection(client.stage(request));
    await canceling;
    expect(error).toMatchObject({ code: "run_failed", state: "aborted", billed: "no", message: expect.stringContaining("as aborted") });
    expect(await run()).toMatchObject({ state: "aborted", error: null, attempts: [], cost: { microUsd: 0 } });
    expect(simulator.requests.map(({ target }) => target)).toEqual(["upload", "file"]);
  });

  it("as soon as the run exists, with a photo that is not uploaded", async () => {
    const { simulator, another, run } = await setTheStage();
    const client = another({ onEvent: (event) => event.type === "run.created" && another().cancel(event.runId) });
    const staging = rejection(client.stage({ ...request, image: "https://example.com/room.jpg" }));
    expect(await staging).toMatchObject({ code: "run_failed", billed: "no" });
    expect(simulator.requests.map(({ target }) => target)).toEqual(["account"]);
    expect((await run()).state).toBe("aborted");
  });

  it("while the create is out: it is carried out by whoever gets the answer", async () => {
    const { simulator, another, run } = await setTheStage();
    const answers: unknown[] = [];
    const client = another({
      fetch: async (...call) => {
        const response = await fetch(...call);
        const isCreate = response.status === 201 && String((call[0] as Request).url).endsWith("/predictions");
        if (isCreate) answers.push(await another().cancel((await run()).id));
        return response;
      },
    });
    const error = await rejection(client.stage(request));
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ state: "creating", cancelRequested: true });
    expect(error).toMatchObject({ code: "prediction_stopped", status: "canceled" });
    expect(countOf(simulator, "cancel")).toBe(1);
    expect(await run()).toMatchObject({ state: "canceled", cancelRequested: true });
    expect(simulator.ledger.microUsd).toBe(0);
  });

  it("while the create is out, and then fails: the prediction is not lost", async () => {
    const { simulator, another, run } = await setTheStage();
    simulator.faults.add({ on: "cancel", kind: "status", status: 401 });
    const client = another({
      fetch: async (...call) => {
        const response = await fetch(...call);
        if (response.status === 201 && String((call[0] as Request).url).endsWith("/predictions")) await another().cancel((await run()).id);
        return response;
      },
    });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(await run()).toMatchObject({ state: "succeeded", cancelRequested: true, cost: { microUsd: 30_000 } });
  });
});
