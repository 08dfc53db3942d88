import { describe, expect, it } from "vitest";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { countOf, setTheStage, tinyPng, toDataUrl } from "../client/helpers.ts";
import { pro, qwen, seedream3, setUpAdmin } from "./helpers.ts";

const trial = { modelId: pro, config: { safety_tolerance: 2 }, image: toDataUrl(tinyPng), room: "bedroom", style: "modern" };
const press = (key: string) => ({ method: "POST", headers: { "idempotency-key": key } });

async function setUpTry() {
  const settings = createSettings({ store: memoryConfigStore() });
  const stage = await setTheStage({ settings });
  const works: Promise<unknown>[] = [];
  const { simulator, client, runStore } = stage;
  const admin = setUpAdmin({ settings, runs: runStore, client, waitUntil: (work) => works.push(work) });
  return { ...admin, simulator, runStore, settled: () => Promise.all(works) };
}

describe("a staging that is tried", () => {
  it("runs with settings that are not saved, and shows its image", async () => {
    const { ask, settled, settings, runStore, simulator } = await setUpTry();
    const { status, json } = await ask("try", { ...press("press-0001"), body: trial });
    expect([status, json]).toEqual([
      202,
      { runId: expect.stringMatching(/^run_/), estimate: expect.objectContaining({ microUsd: 40_000 }) },
    ]);
    await settled();
    const run = await ask(`runs/${json.runId}`);
    expect(run.json).toMatchObject({
      state: "succeeded",
      modelId: pro,
      group: "admin-try",
      config: { safety_tolerance: 2 },
      cost: { microUsd: 40_000 },
    });
    expect(run.headers.get("etag")).toBe(`"${(await runStore.get(json.runId))?.version}"`);
    const image = await ask(`runs/${json.runId}/images/0`);
    expect([image.status, image.headers.get("content-type"), image.headers.get("x-content-type-options")]).toEqual([
      200,
      "image/png",
      "nosniff",
    ]);
    // It came home with its disclosure in it.
    expect(image.text.slice(1, 4)).toBe("PNG");
    expect((await ask(`runs/${json.runId}/images/1`)).json).toMatchObject({ status: 404, code: "no_image" });
    expect((await settings.config(pro)).config.safety_tolerance).toBe(4);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("is paid once for one press of the button", async () => {
    const { ask, simulator, settled } = await setUpTry();
    const asked = { ...press("press-0001"), body: trial };
    const first = await ask("try", asked);
    expect((await ask("try", asked)).json.runId).toBe(first.json.runId);
    await settled();
    expect((await ask("try", asked)).json.runId).toBe(first.json.runId);
    expect((await ask("try", { ...press("press-0001"), body: { ...trial, room: "kitchen" } })).json).toMatchObject({ status: 409 });
    expect((await ask("try", { method: "POST", body: trial })).json).toMatchObject({ status: 400, code: "idempotency_key_required" });
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each([
    ["a path of the server's", { image: { path: "/etc/passwd" } }, "image"],
    ["an address", { image: "https://example.com/room.jpg" }, "image"],
    ["an svg", { image: "data:image/svg+xml;base64,PHN2Zy8+" }, "image"],
    ["no photo at all", { image: "data:image/png;base64,AAAA" }, undefined],
    ["a value out of range", { config: { safety_tolerance: 9 } }, "safety_tolerance"],
    ["an unknown room", { room: "moon_base" }, "room"],
  ])("is refused with %s, and nothing is sent", async (_, wrong, field) => {
    const { ask, simulator, runStore } = await setUpTry();
    const { status, json } = await ask("try", { ...press("press-0001"), body: { ...trial, ...wrong } });
    expect(status).toBe(422);
    expect(json.issues?.[0].field).toBe(field);
    expect(simulator.requests).toEqual([]);
    expect((await runStore.list()).runs).toEqual([]);
  });

  it("is told what it costs first, and what it would be warned of", async () => {
    const { ask, simulator } = await setUpTry();
    const body = { modelId: pro, config: { num_outputs: 3, safety_tolerance: 2 } };
    const { json } = await ask("try/estimate", { method: "POST", body, as: "reader" });
    expect(json).toMatchObject({ estimate: { microUsd: 40_000, outputs: 1 }, warnings: [{ code: "no_effect", field: "num_outputs" }] });
    expect((await ask("try/estimate", { method: "POST", body: { modelId: seedream3 } })).json).toMatchObject({ status: 409 });
    expect((await ask("try/estimate", { method: "POST", body: { modelId: "acme/none" } })).json).toMatchObject({
      status: 404,
      issues: [{ field: "modelId" }],
    });
    expect(simulator.requests).toEqual([]);
  });

  it("is offered only with a client", async () => {
    const { ask } = setUpAdmin();
    expect((await ask("try", { ...press("press-0001"), body: trial })).json).toMatchObject({ status: 404, code: "not_configured" });
    expect((await ask("features")).json).toEqual({
      canTry: false,
      hasBudgets: false,
      may: { write: true, spend: true },
      author: "spender",
    });
    const { ask: another } = await setUpTry();
    expect((await another("features", { as: "reader" })).json).toMatchObject({ canTry: true, may: { write: false, spend: false } });
  });

  it.each([
    [401, 502, "unauthenticated"],
    [402, 402, "insufficient_credit"],
  ])("that Replicate answers with %i is answered with %i, without a secret", async (replicate, expected, code) => {
    const { ask, simulator } = await setUpTry();
    simulator.faults.add({ on: "create", kind: "status", status: replicate });
    const { status, json, text } = await ask("try", { ...press("press-0001"), body: trial });
    expect([status, json.code]).toEqual([expected, code]);
    expect(text).not.toContain(simulator.token);
  });
});

describe("runs", () => {
  const secrets = {
    idempotencyKey: "secret-key",
    extraInput: { openai_api_key: "sk-secret" },
    uploadedFileId: "secret-file",
    fingerprint: "secret-fingerprint",
    images: [
      { contentType: "image/png", byteLength: 3, sha256: "a", imageDataSha256: null, perceptualHash: null, location: "s3://secret" },
    ],
    attempts: [sampleAttempt({ outputUrls: ["https://replicate.delivery/secret"], mark: { seed: 99, prompt: "text:secret" } })],
  };

  it("are listed, newest first, without what lets anybody in", async () => {
    const { ask, runs } = setUpAdmin();
    await runs.create(sampleRun({ id: "run_1", projectId: "villa-12", ...secrets }));
    await runs.create(sampleRun({ id: "run_2", state: "failed", modelId: pro, group: "flat" }));
    const ids = async (query: string) => (await ask(`runs${query}`)).json.runs.map(({ id }: { id: string }) => id);
    expect(await ids("")).toEqual(["run_2", "run_1"]);
    expect(await ids("?state=failed&state=running")).toEqual(["run_2"]);
    expect(await ids("?projectId=villa-12")).toEqual(["run_1"]);
    expect(await ids(`?modelId=${qwen}`)).toEqual(["run_1"]);
    expect(await ids("?group=flat")).toEqual(["run_2"]);
    const first = await ask("runs?limit=1");
    expect(await ids(`?limit=1&cursor=${encodeURIComponent(first.json.cursor)}`)).toEqual(["run_1"]);
    for (const path of ["runs", "runs/run_1"]) expect((await ask(path)).text).not.toContain("secret");
    expect((await ask("runs/run_1")).json.extraInputNames).toEqual(["openai_api_key"]);
  });

  it("show a prompt to whoever may read, where the client keeps prompts", async () => {
    const { ask, runs } = setUpAdmin();
    await runs.create(sampleRun({ id: "run_1", prompt: "A sofa for Ms. Miller" }));
    await runs.create(sampleRun({ id: "run_2" }));
    const prompts = (await ask("runs", { as: "reader" })).json.runs.map(({ prompt }: { prompt: unknown }) => prompt);
    expect(prompts).toEqual([null, "A sofa for Ms. Miller"]);
  });

  it("are asked for rightly", async () => {
    const { ask } = setUpAdmin();
    expect((await ask("runs?state=done")).json).toMatchObject({ status: 400, issues: [{ field: "state" }] });
    expect((await ask("runs?limit=1e9")).json).toMatchObject({ status: 422, issues: [{ field: "limit" }] });
    expect((await ask("runs?cursor=x")).json).toMatchObject({ status: 422, issues: [{ field: "cursor" }] });
    expect((await ask("runs/none")).json).toMatchObject({ status: 404, code: "run_not_found" });
    expect((await ask("runs/none/images/0")).json).toMatchObject({ status: 404, code: "run_not_found" });
  });

  it("are judged once they have an image", async () => {
    const now = () => Date.parse("2026-11-21T12:00:00Z");
    const { ask, runs } = setUpAdmin({ now });
    await runs.create(sampleRun({ id: "run_1", state: "succeeded" }));
    await runs.create(sampleRun({ id: "run_2", state: "running" }));
    const judge = (id: string, version: number) =>
      ask(`runs/${id}/feedback`, { method: "PUT", body: { accepted: false, reason: "a door is gone" }, version });
    const { json, headers } = await judge("run_1", 1);
    expect(json.feedback).toEqual({ accepted: false, reason: "a door is gone", at: "2026-11-21T12:00:00.000Z" });
    expect(headers.get("etag")).toBe('"2"');
    expect((await judge("run_1", 1)).json).toMatchObject({ status: 412, currentVersion: 2 });
    expect((await judge("run_2", 1)).json).toMatchObject({ status: 409 });
  });
});
