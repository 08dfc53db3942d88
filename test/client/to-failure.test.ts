import { describe, expect, it } from "vitest";
import { type FailureHints, toFailure } from "../../src/client/to-failure.ts";
import { registry } from "../../src/models/registry.ts";
import { type Prediction, parsePrediction } from "../../src/replicate/prediction.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import type { Outcome, UnestablishedBehaviour } from "../../src/testing/index.ts";
import { createRequest, pro, startReplicate } from "../replicate/helpers.ts";

const model = registry.lookup(pro);
const prompt = String(createRequest.input.prompt);

/** What the simulator answers of a prediction once its outcome has come about: it is allowed five minutes. */
async function endWith(outcome: Outcome, behaviour: UnestablishedBehaviour | object = {}, cancelAfterMs?: number): Promise<Prediction> {
  const simulator = await startReplicate({ behaviour });
  simulator.outcomes.add(outcome);
  const headers = { authorization: `Bearer ${simulator.token}`, "content-type": "application/json", "cancel-after": "5m" };
  const body = JSON.stringify({ input: createRequest.input });
  const created = parsePrediction(
    await (await fetch(`${simulator.url}/models/${pro}/predictions`, { method: "POST", headers, body })).json(),
  );
  const path = `${simulator.url}/predictions/${created?.id}`;
  if (cancelAfterMs !== undefined) {
    await simulator.clock.advance(cancelAfterMs);
    await fetch(`${path}/cancel`, { method: "POST", headers });
  }
  await simulator.clock.advance(600_000 - (cancelAfterMs ?? 0));
  const ended = parsePrediction(await (await fetch(path, { headers })).json());
  if (ended === undefined) throw new Error("the simulator answered no prediction");
  return ended;
}

function judge(prediction: Prediction, hints?: FailureHints, cancelRequested = false) {
  const { price } = model;
  const run = { id: "run_1", modelId: pro, price, config: {}, extraInput: {}, cancelRequested } as RunRecord;
  return toFailure(run, prediction, model, hints);
}

describe("a prediction that failed", () => {
  it.each([
    ["The input or output was flagged as sensitive. Please try again (E005)", "moderation", false],
    ["Error: E005", "moderation", false],
    ["Flagged as sensitive", "moderation", false],
    ["High demand, please try again later. (E003)", "capacity", true],
    ["Service is temporarily unavailable. Please try again later. (E004)", "capacity", true],
    ["E1001: out of memory", "out_of_memory", true],
    ["CUDA out of memory. Tried to allocate 2.00 GiB", "out_of_memory", true],
    ["Prediction failed: the model raised an exception.", "prediction_failed", true],
    ["Prediction interrupted (E9999)", "prediction_failed", true],
    ["E0051, E10011 and AE005 are other codes", "prediction_failed", true],
  ])("with %j is told as %s", async (text, code, retryable) => {
    const prediction = await endWith({ error: text });
    const { state, error, attempt } = judge(prediction);
    expect(error).toMatchObject({ code, retryable, billed: "unknown", runId: "run_1", predictionId: prediction.id, detail: text });
    expect(error.message).toContain(text);
    expect({ state, microUsd: attempt?.cost?.microUsd }).toEqual({ state: "failed", microUsd: null });
  });

  it.each([
    [`E005: ${prompt.split(" ").slice(0, 4).join(" ")}… is not allowed`, "E005: [sent value]… is not allowed", "moderation"],
    [`"${prompt}" is too long`, '"[sent value]" is too long', "prediction_failed"],
  ])("and quotes the prompt: it is taken out (%#)", async (text, detail, code) => {
    const echoed = await endWith({ error: text });
    expect(judge(echoed).error).toMatchObject({ code, detail });
    const silent = await endWith({ error: text }, { echoedInput: "omitted" });
    expect(judge(silent, { sentTexts: [prompt] }).error).toMatchObject({ code, detail });
  });

  it.each([
    [`"${prompt}" was flagged as sensitive (E005)`, "flagged as sensitive, E005", "moderation"],
    [`"${prompt}" is out of memory`, "out of memory", "out_of_memory"],
    [`"${prompt}" is too long`, "see its page at Replicate", "prediction_failed"],
  ])("keeps nothing but Replicate's own words where it is not known what was sent (%#)", async (text, detail, code) => {
    const silent = await endWith({ error: text }, { echoedInput: "omitted" });
    expect(judge(silent).error).toMatchObject({ code, detail });
    // An echo without the prompt tells as little.
    expect(judge({ ...silent, input: { output_format: "png" } }).error).toMatchObject({ code, detail });
  });

  it("or succeeded without an image", async () => {
    expect(judge(await endWith({ output: null })).error).toMatchObject({ code: "prediction_failed", detail: "no image" });
  });
});

describe("a prediction that was stopped", () => {
  const past = { durationMs: 700_000 };
  const never = { neverStarts: true };

  it.each([
    ["at its deadline while it ran", past, undefined, "deadline", "canceled", true, "yes", 40_000],
    ["at its deadline before it started", never, undefined, "deadline", "aborted", false, "no", 0],
    ["by a cancel before its deadline", past, 60_000, "prediction_stopped", "canceled", true, "yes", 40_000],
    ["by Replicate before it started", { status: "aborted" }, undefined, "prediction_stopped", "aborted", false, "no", 0],
  ] as const)("%s", async (_, outcome, cancelAfterMs, code, status, hasStarted, billed, microUsd) => {
    const prediction = await endWith(outcome, {}, cancelAfterMs);
    const { state, error, attempt } = judge(prediction);
    expect(error).toMatchObject({ code, status, hasStarted, billed, retryable: true, runId: "run_1", predictionId: prediction.id });
    expect({ state, microUsd: attempt?.cost?.microUsd }).toEqual({ state: status, microUsd });
    if (code === "deadline") expect(error.message).toContain("cancelAfterMs");
  });

  it("before it started, canceled: what it costs is not established", async () => {
    const prediction = await endWith(never, { canceledBeforeStart: "canceled" }, 60_000);
    const { error, attempt } = judge(prediction, {}, true);
    expect(error).toMatchObject({ code: "prediction_stopped", billed: "unknown", hasStarted: false });
    expect(attempt?.cost?.microUsd).toBeNull();
  });

  it("after a cancel that was asked for is no matter of its deadline", async () => {
    expect(judge(await endWith(past), {}, true).error).toMatchObject({ code: "prediction_stopped", billed: "yes" });
  });

  it("and does not tell its deadline: the time it was allowed tells", async () => {
    const { deadline, ...prediction } = await endWith(past);
    expect(deadline).toBeTypeOf("string");
    expect(judge(prediction, { cancelAfterMs: 300_000 }).error).toMatchObject({ code: "deadline" });
    expect(judge(prediction, { cancelAfterMs: 300_001 }).error).toMatchObject({ code: "prediction_stopped" });
    expect(judge(prediction).error).toMatchObject({ code: "prediction_stopped" });
  });

  it.each(["created_at", "completed_at", "deadline"])("and tells no %s, or none that can be read", async (key) => {
    const prediction = await endWith(past);
    const without = { ...prediction, deadline: key === "deadline" ? "soon" : null, ...(key === "deadline" ? {} : { [key]: null }) };
    expect(judge(without, { cancelAfterMs: 300_000 }).error).toMatchObject({ code: "prediction_stopped" });
  });
});
