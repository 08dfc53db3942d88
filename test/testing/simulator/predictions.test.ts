import { describe, expect, it } from "vitest";
import { qwenImageEdit } from "../../../src/models/qwen-image-edit.ts";
import { toVersionId } from "../../../src/testing/simulator/model-json.ts";
import {
  ask,
  create,
  kontextInput,
  kontextPath,
  qwenInput,
  qwenPath,
  seedreamPath,
  startManual,
  startSimulator,
  tinyPhotoUrl,
} from "./helpers.ts";

describe("a prediction", () => {
  it("goes from starting over processing to succeeded", async () => {
    const simulator = await startManual({ durationJitter: 0 });
    const created = await create(simulator);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      model: "black-forest-labs/flux-kontext-pro",
      version: "hidden",
      status: "starting",
      source: "api",
      input: kontextInput,
      output: null,
      error: null,
      data_removed: false,
      created_at: new Date(simulator.clock.now()).toISOString(),
      metrics: {},
    });
    expect(created.body).not.toHaveProperty("started_at");
    expect(created.body.urls.get).toBe(`${simulator.url}/predictions/${created.body.id}`);
    const get = () => ask(simulator, `/predictions/${created.body.id}`);
    await simulator.clock.advance(300);
    expect((await get()).body).toMatchObject({ status: "processing", output: null });
    await simulator.clock.advance(10_000);
    const { body } = await get();
    expect(body).toMatchObject({ status: "succeeded", error: null, metrics: { predict_time: 10, total_time: 10.3 } });
    expect(body.output).toBe(`${new URL(simulator.url).origin}/output/${body.id}/0.png`);
    expect(Date.parse(body.completed_at) - Date.parse(body.started_at)).toBe(10_000);
    expect(simulator.ledger).toMatchObject({ outputs: 1, microUsd: 40_000 });
  });

  it("runs by itself at the scale of time", async () => {
    const simulator = await startSimulator({ timeScale: 0.002 });
    const { body } = await create(simulator, kontextInput, { prefer: "wait" });
    expect(body.status).toBe("succeeded");
  });

  it("shows the time in the Date header", async () => {
    const simulator = await startManual({ startAt: Date.UTC(2026, 10, 20, 12) });
    await simulator.clock.advance(5_000);
    expect((await ask(simulator, "/account")).headers.get("date")).toBe("Fri, 20 Nov 2026 12:00:05 GMT");
  });

  it.each([
    [{ status: "failed", error: "flagged as sensitive (E005)" }, "failed", "flagged as sensitive (E005)", 0],
    [{ error: "Prediction interrupted (E1001)" }, "failed", "Prediction interrupted (E1001)", 0],
    [{ status: "aborted" }, "aborted", null, 0],
    [{ status: "canceled" }, "canceled", null, 40_000],
  ] as const)("ends as scripted: %o", async (outcome, status, error, microUsd) => {
    const simulator = await startManual();
    simulator.outcomes.add(outcome);
    const { body } = await create(simulator);
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body).toMatchObject({ status, error, output: null });
    expect(simulator.ledger.microUsd).toBe(microUsd);
    const next = await create(simulator);
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, `/predictions/${next.body.id}`)).body.status).toBe("succeeded");
  });

  it("takes scripted durations, outputs and models", async () => {
    const simulator = await startManual();
    simulator.outcomes.add({ modelId: "qwen/qwen-image-edit", durationMs: 5_000, startingMs: 0, outputs: 3, times: 2 });
    const kontext = await create(simulator);
    const qwen = await ask(simulator, qwenPath, { json: { input: qwenInput } });
    await simulator.clock.advance(5_000);
    expect((await ask(simulator, `/predictions/${qwen.body.id}`)).body.output).toHaveLength(3);
    expect((await ask(simulator, `/predictions/${kontext.body.id}`)).body.status).toBe("processing");
  });

  it("answers a scripted output as it is", async () => {
    const simulator = await startManual();
    simulator.outcomes.add({ output: { nested: ["file:///etc/passwd"] } });
    const { body } = await create(simulator);
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body.output).toEqual({ nested: ["file:///etc/passwd"] });
  });

  it("times out after 30 minutes of running", async () => {
    const simulator = await startManual();
    simulator.outcomes.add({ durationMs: 3_600_000 });
    const { body } = await create(simulator);
    await simulator.clock.advance(30 * 60_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body.status).toBe("processing");
    await simulator.clock.advance(300);
    expect((await ask(simulator, `/predictions/${body.id}`)).body).toMatchObject({ status: "failed" });
  });

  it("gives as many outputs as the input allows", async () => {
    const simulator = await startManual();
    const input = { prompt: "Variants", image_input: [tinyPhotoUrl], sequential_image_generation: "auto", max_images: 4 };
    const { body } = await ask(simulator, seedreamPath, { json: { input } });
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body.output).toHaveLength(4);
    expect(simulator.ledger).toMatchObject({ outputs: 4, microUsd: 120_000 });
  });

  it("loses input, output and logs an hour after its end", async () => {
    const simulator = await startManual();
    simulator.outcomes.add({ durationMs: 10_000 });
    const { body } = await create(simulator);
    await simulator.clock.advance(10_300);
    const done = await ask(simulator, `/predictions/${body.id}`);
    await simulator.clock.advance(3_600_000 - 1);
    expect((await fetch(done.body.output)).status).toBe(200);
    await simulator.clock.advance(1);
    const removed = await ask(simulator, `/predictions/${body.id}`);
    expect(removed.body).toMatchObject({ status: "succeeded", data_removed: true, output: null, input: {}, logs: "" });
    expect((await fetch(done.body.output)).status).toBe(404);
    expect(simulator.ledger.microUsd).toBe(40_000);
  });

  it("shows outputs while processing when told so", async () => {
    const simulator = await startManual({ behaviour: { processingOutput: "partial" } });
    simulator.outcomes.add({ durationMs: 3_000, startingMs: 0, outputs: 2 });
    const { body } = await ask(simulator, qwenPath, { json: { input: qwenInput } });
    await simulator.clock.advance(1_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body).toMatchObject({ status: "processing", output: [expect.any(String)] });
    await simulator.clock.advance(2_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body.output).toHaveLength(2);
  });

  it("is found by nobody else", async () => {
    const simulator = await startManual();
    for (const path of ["/predictions/unknown", "/nothing", "/models/acme/none"]) {
      expect(await ask(simulator, path)).toMatchObject({ status: 404, body: { status: 404, detail: expect.any(String) } });
    }
    expect((await ask(simulator, "/account", { method: "PUT" })).status).toBe(405);
  });
});

describe("cancel", () => {
  it("ends a running prediction, which is charged", async () => {
    const simulator = await startManual();
    const { body } = await create(simulator);
    await simulator.clock.advance(1_000);
    const canceled = await ask(simulator, `/predictions/${body.id}/cancel`, { method: "POST" });
    expect(canceled).toMatchObject({ status: 200, body: { status: "canceled", output: null } });
    expect(simulator.ledger.entries).toMatchObject([{ id: body.id, status: "canceled", outputs: 1, microUsd: 40_000 }]);
  });

  it.each(["canceled", "aborted"] as const)("ends a waiting prediction as %s, for free", async (canceledBeforeStart) => {
    const simulator = await startManual({ behaviour: { canceledBeforeStart } });
    simulator.outcomes.add({ neverStarts: true });
    const { body } = await create(simulator);
    await simulator.clock.advance(3_600_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body.status).toBe("starting");
    expect((await ask(simulator, `/predictions/${body.id}/cancel`, { method: "POST" })).body.status).toBe(canceledBeforeStart);
    expect(simulator.ledger.microUsd).toBe(0);
  });

  it("changes nothing afterwards", async () => {
    const simulator = await startManual();
    const { body } = await create(simulator);
    await simulator.clock.advance(60_000);
    expect((await ask(simulator, `/predictions/${body.id}/cancel`, { method: "POST" })).body.status).toBe("succeeded");
  });
});

describe("Cancel-After", () => {
  it("aborts what has not started, for free", async () => {
    const simulator = await startManual();
    simulator.outcomes.add({ neverStarts: true });
    const { body } = await create(simulator, kontextInput, { "cancel-after": "90s" });
    expect(Date.parse(body.deadline) - Date.parse(body.created_at)).toBe(90_000);
    await simulator.clock.advance(90_000);
    const ended = await ask(simulator, `/predictions/${body.id}`);
    expect(ended.body).toMatchObject({ status: "aborted", output: null, completed_at: body.deadline });
    expect(ended.body).not.toHaveProperty("started_at");
    expect(simulator.ledger.microUsd).toBe(0);
  });

  it("cancels what is running, which is charged", async () => {
    const simulator = await startManual();
    simulator.outcomes.add({ durationMs: 600_000 });
    const { body } = await create(simulator, kontextInput, { "cancel-after": "1m30s" });
    await simulator.clock.advance(90_000);
    expect((await ask(simulator, `/predictions/${body.id}`)).body).toMatchObject({ status: "canceled", metrics: { predict_time: 89.7 } });
    expect(simulator.ledger.microUsd).toBe(40_000);
  });

  it.each(["4s", "90", "soon", "s", ""])("is refused as %j", async (value) => {
    const simulator = await startManual();
    expect(await create(simulator, kontextInput, { "cancel-after": value })).toMatchObject({ status: 400 });
    expect(simulator.predictions).toHaveLength(0);
  });
});

describe("Prefer: wait", () => {
  it("answers 201 when the prediction has ended", async () => {
    const simulator = await startManual();
    const answer = create(simulator, kontextInput, { prefer: "wait" });
    await expect.poll(() => simulator.predictions.length).toBe(1);
    await simulator.clock.advance(20_000);
    expect(await answer).toMatchObject({ status: 201, body: { status: "succeeded" } });
  });

  it.each([
    ["processing", {}],
    ["starting", { neverStarts: true }],
  ] as const)("answers 202 with %s when the wait runs out", async (status, outcome) => {
    const simulator = await startManual();
    simulator.outcomes.add({ durationMs: 60_000, ...outcome });
    const answer = create(simulator, kontextInput, { prefer: "wait=5" });
    await expect.poll(() => simulator.predictions.length).toBe(1);
    await simulator.clock.advance(5_000);
    expect(await answer).toMatchObject({ status: 202, body: { status } });
  });

  it("ends with a cancel", async () => {
    const simulator = await startManual();
    const answer = create(simulator, kontextInput, { prefer: "wait" });
    await expect.poll(() => simulator.predictions.length).toBe(1);
    await ask(simulator, `/predictions/${simulator.predictions[0]?.id}/cancel`, { method: "POST" });
    expect(await answer).toMatchObject({ status: 201, body: { status: "canceled" } });
  });

  it("ends with an output that can be seen before the end", async () => {
    const simulator = await startManual({ behaviour: { processingOutput: "complete" } });
    simulator.outcomes.add({ durationMs: 10_000 });
    const answer = create(simulator, kontextInput, { prefer: "wait=60" });
    await expect.poll(() => simulator.predictions.length).toBe(1);
    await simulator.clock.advance(9_300);
    expect(await answer).toMatchObject({ status: 201, body: { status: "processing", output: expect.any(String) } });
  });
});

describe("POST /predictions", () => {
  const versionId = toVersionId(qwenImageEdit);
  it.each([
    ["qwen/qwen-image-edit", "hidden"],
    [`qwen/qwen-image-edit:${versionId}`, versionId],
    [versionId, versionId],
  ])("runs %s", async (version, shown) => {
    const simulator = await startManual();
    const answer = await ask(simulator, "/predictions", { json: { version, input: qwenInput } });
    expect(answer).toMatchObject({ status: 201, body: { model: "qwen/qwen-image-edit", version: shown } });
  });

  it.each(["acme/none", "qwen/qwen-image-edit:latest", "0".repeat(64), "", `acme/none:${versionId}`])("refuses %j", async (version) => {
    const simulator = await startManual();
    const answer = await ask(simulator, "/predictions", { json: { version, input: qwenInput } });
    expect(answer).toMatchObject({ status: 422, body: { title: "Invalid version or not permitted" } });
  });

  it("needs a version, and the model's own address takes none", async () => {
    const simulator = await startManual();
    expect((await ask(simulator, "/predictions", { json: { input: qwenInput } })).body.invalid_fields).toMatchObject([
      { type: "required" },
    ]);
    const extra = await ask(simulator, kontextPath, { json: { input: kontextInput, version: versionId } });
    expect(extra.body.invalid_fields).toMatchObject([{ type: "additional_property_not_allowed" }]);
  });
});
