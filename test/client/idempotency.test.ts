import { describe, expect, it } from "vitest";
import { QwenConfig } from "../../src/models/index.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { createFastClock } from "../../src/testing/index.ts";
import { author } from "../settings/helpers.ts";
import { unrecognisable } from "./failures.ts";
import { countOf, pro, rejection, request, setTheStage, tinyPng, toDataUrl, unlabelled } from "./helpers.ts";

// Who joins a run sleeps while another's answer is out: that takes a clock that runs by itself.
const fast = { clock: createFastClock(100) };
const running = { clock: "running", timeScale: 0.01 } as const;
const keyed = { ...request, idempotencyKey: "order-1" } as const;

describe("an idempotency key", () => {
  it("gives the finished run again, with its images", async () => {
    const { client, another, simulator } = await setTheStage(unlabelled);
    const first = await client.stage(keyed);
    const second = await another().stage(keyed);
    expect(JSON.parse(JSON.stringify(second))).toEqual(JSON.parse(JSON.stringify(first)));
    expect(await second.images[0]?.bytes()).toEqual(tinyPng);
    expect(await client.start(keyed)).toMatchObject({ id: first.id, state: "succeeded" });
    expect({ creates: countOf(simulator, "create"), uploads: countOf(simulator, "upload") }).toEqual({ creates: 1, uploads: 1 });
  });

  it("joins a run that is on its way", async () => {
    const { client, another, simulator } = await setTheStage();
    const { id } = await client.start(keyed);
    expect(await another().stage(keyed)).toMatchObject({ id, state: "succeeded" });
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("gives one create for many stagings at once, in several clients", async () => {
    const { client, another, simulator, runs } = await setTheStage(fast, running);
    const clients = [client, another(), another()];
    const staged = await Promise.all(Array.from({ length: 12 }, (_, index) => clients[index % 3]?.stage(keyed)));
    expect(new Set(staged.map((run) => run?.id)).size).toBe(1);
    expect(staged.every((run) => run?.images.length === 1)).toBe(true);
    expect(countOf(simulator, "create")).toBe(1);
    expect(await runs()).toHaveLength(1);
    expect(simulator.ledger.microUsd).toBe(30_000);
  });

  it("gives one create for many at once, also where it fails: all are told", async () => {
    const { client, simulator } = await setTheStage(fast, { ...running, behaviour: unrecognisable });
    simulator.faults.add({ on: "create", kind: "reset", when: "after_accept", times: Number.POSITIVE_INFINITY });
    const results = await Promise.all(Array.from({ length: 6 }, () => rejection(client.stage(keyed))));
    const codes = results.map((error) => (error as { code: string }).code).sort();
    expect(codes.filter((code) => code === "unknown_outcome").length).toBeGreaterThanOrEqual(1);
    expect(codes.every((code) => code === "unknown_outcome" || code === "run_not_waitable")).toBe(true);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("gives one create for many at once where the answer is lost: all get the images", async () => {
    const { client, simulator, runs } = await setTheStage(fast, running);
    simulator.faults.add({ on: "create", kind: "reset", when: "after_accept", times: Number.POSITIVE_INFINITY });
    const staged = await Promise.all(Array.from({ length: 6 }, () => client.stage(keyed)));
    expect(staged.map(({ images }) => images.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await runs()).toMatchObject([{ state: "succeeded", attempts: [{ foundBy: "listing" }] }]);
    expect(countOf(simulator, "create")).toBe(1);
    expect(simulator.ledger.microUsd).toBe(30_000);
  });

  it.each([
    ["another room", { room: "bedroom" }],
    ["another photo", { image: Uint8Array.from([...tinyPng, 0]) }],
    ["a photo by address", { image: "https://example.com/room.jpg" }],
    ["another style", { style: "modern" }],
    ["another model", { modelId: pro }],
    ["another config", { config: { output_quality: 70 } }],
    ["another project", { projectId: "villa" }],
    ["another group", { group: "villa" }],
    ["other extra input", { extraInput: { extra: 1 } }],
    ["further wishes", { notes: "brighter" }],
  ])("is a conflict with %s, and nothing is sent", async (_, change) => {
    const { client, simulator, runs } = await setTheStage();
    const { id } = await client.start(keyed);
    const before = simulator.requests.length;
    expect(await rejection(client.stage({ ...keyed, ...change } as typeof keyed))).toMatchObject({
      code: "idempotency_conflict",
      runId: id,
      billed: "no",
    });
    expect(simulator.requests.length).toBe(before);
    expect(await runs()).toHaveLength(1);
  });

  it.each([
    ["the same photo as a data URL", { image: toDataUrl(tinyPng) }],
    ["the same photo as a Blob", { image: new Blob([tinyPng]) }],
    ["a field that is undefined", { notes: undefined }],
  ])("takes %s for the same request", async (_, change) => {
    const { client, simulator } = await setTheStage();
    const { id } = await client.start(keyed);
    expect((await client.stage({ ...keyed, ...change })).id).toBe(id);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("takes a config as object or as class, in any order of its fields, for the same request", async () => {
    const { client } = await setTheStage();
    const values = { ...QwenConfig.defaults().with({ seed: 5 }).toMap() };
    const { id } = await client.start({ ...keyed, modelId: "qwen/qwen-image-edit", config: values });
    const reversed = Object.fromEntries(Object.entries(values).reverse());
    expect((await client.start({ ...keyed, modelId: "qwen/qwen-image-edit", config: reversed as typeof values })).id).toBe(id);
    const config = QwenConfig.defaults().with({ seed: 5 });
    expect((await client.start({ ...keyed, modelId: "qwen/qwen-image-edit", config })).id).toBe(id);
  });

  it("stays the same request after an admin's change of the settings", async () => {
    const settings = createSettings({ store: memoryConfigStore() });
    const { client, simulator } = await setTheStage({ settings });
    const { id } = await client.stage(keyed);
    await settings.setActive(pro, { author });
    expect(await client.stage(keyed)).toMatchObject({ id, modelId: "qwen/qwen-image-edit" });
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("may be tried again after what cost nothing", async () => {
    const { client, simulator, runs } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "status", status: 422 });
    expect(await rejection(client.stage(keyed))).toMatchObject({ code: "refused_input", billed: "no" });
    expect((await client.stage(keyed)).state).toBe("succeeded");
    expect((await runs()).map(({ state }) => state)).toEqual(["failed", "succeeded"]);
  });

  it.each([
    ["unknown", { fault: { on: "create", kind: "reset", when: "after_accept" } }, "run_not_waitable"],
    ["canceled and paid", { outcome: { status: "canceled" } }, "run_failed"],
    ["failed, perhaps paid", { outcome: { status: "failed" } }, "run_failed"],
  ] as const)("does not create again after a run that is %s", async (_, how, code) => {
    const { client, simulator } = await setTheStage({}, { behaviour: unrecognisable });
    if ("fault" in how) simulator.faults.add(how.fault);
    else simulator.outcomes.add(how.outcome);
    await rejection(client.stage(keyed));
    expect(await rejection(client.stage(keyed))).toMatchObject({ code });
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each(["", "   ", "x".repeat(256), 5, null])("must be a text: %j", async (idempotencyKey) => {
    const { client, simulator, runs } = await setTheStage();
    const error = await rejection(client.stage({ ...keyed, idempotencyKey } as typeof keyed));
    expect(error).toMatchObject({ code: "invalid_request", problems: [{ field: "idempotencyKey" }] });
    expect({ requests: simulator.requests, runs: await runs() }).toEqual({ requests: [], runs: [] });
  });

  it("ends the joined wait with the caller's time", async () => {
    const { client, runStore, simulator, another } = await setTheStage();
    const hanging = another({ requestTimeoutMs: 400 });
    simulator.faults.add({ on: "create", kind: "hang", accepted: true });
    const first = hanging.stage(keyed);
    // The second joins as soon as the first is known.
    while ((await runStore.list()).runs.length === 0) await new Promise(setImmediate);
    const second = await rejection(client.stage(keyed, { timeoutMs: 1_000 }));
    expect(second).toMatchObject({ code: "wait_timeout" });
    expect(await first).toMatchObject({ state: "succeeded", attempts: [{ foundBy: "listing" }] });
    expect(countOf(simulator, "create")).toBe(1);
  });
});
