import { describe, expect, it, onTestFinished } from "vitest";
import { createWebhookHandler } from "../../src/client/create-webhook-handler.ts";
import { InvalidRequestError } from "../../src/errors/invalid-request-error.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { signWebhook } from "../../src/testing/simulator/sign-webhook.ts";
import { qwen, rejection, request, seedream4 } from "./helpers.ts";
import { type CallbackStage, setTheCallback } from "./receive-webhooks.ts";

/** A webhook as the simulator signs it, of any body. */
function toWebhook({ simulator, clock }: CallbackStage, body: unknown, id = "msg_1"): Request {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Request("https://example.com/hook", {
    method: "POST",
    body: text,
    headers: signWebhook(simulator.webhookSecret, id, clock.now(), text),
  });
}

const minuteMs = 60_000;

describe("a webhook", () => {
  it("is written down by two statements, answered, and its images are brought home", async () => {
    const stage = await setTheCallback({ webhook: { url: "https://example.com/hook" } });
    const { id } = await stage.client.start(request);
    await stage.simulator.clock.advance(minuteMs);
    expect(stage.answers).toEqual([{ status: 200, statements: ["list", "update"] }]);
    await stage.collected();
    const run = await stage.run();
    expect(run).toMatchObject({ id, state: "succeeded", images: [{ contentType: "image/png" }], cost: { microUsd: 30_000 } });
    expect(run.attempts).toMatchObject([
      { foundBy: "answer", predictionStatus: "succeeded", outputUrls: [expect.stringContaining("http")] },
    ]);
    expect(stage.staged.map((staged) => staged.id)).toEqual([id]);
    expect(await stage.staged[0]?.images[0]?.bytes()).toHaveLength(run.images[0]?.byteLength ?? 0);
    expect(stage.count("run.finished")).toBe(1);
    expect(stage.simulator.requests.filter(({ target }) => target === "file").map(({ method }) => method)).toContain("DELETE");
  });

  it("keeps addresses and cost when nobody collects", async () => {
    const stage = await setTheCallback();
    await stage.client.start(request);
    stage.simulator.faults.add({ on: "output", kind: "status", status: 404, times: Number.POSITIVE_INFINITY });
    await stage.simulator.clock.advance(minuteMs);
    await stage.collected();
    expect(await stage.run()).toMatchObject({
      state: "running",
      cost: { microUsd: 30_000, outputs: 1 },
      attempts: [{ predictionStatus: "succeeded", outputUrls: [expect.any(String)], completedAt: expect.any(String) }],
    });
    expect(stage.errors).toMatchObject([{ code: "image_download" }]);
    expect(stage.events).toContainEqual(expect.objectContaining({ type: "run.uncollected", code: "image_download" }));
    stage.simulator.faults.clear();
    expect(await stage.client.resume()).toMatchObject([{ run: { state: "succeeded", images: [{}] } }]);
  });

  it("settles once, doubled and in any order", async () => {
    const stage = await setTheCallback({}, { webhooks: { copies: 3, delaysMs: { start: 30_000, logs: 20_000, output: 45_000 } } });
    await stage.client.start(request);
    await stage.simulator.clock.advance(2 * minuteMs);
    await stage.collected();
    expect(stage.answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    // What came after the end was looked up, and changed nothing.
    expect(stage.answers.slice(3).every(({ statements }) => statements.length === 0 || statements.join() === "list")).toBe(true);
    expect(await stage.run()).toMatchObject({ state: "succeeded", attempts: [{ predictionStatus: "succeeded" }] });
    expect(stage.count("run.finished")).toBe(1);
    expect(new Set(stage.staged.map(({ id }) => id)).size).toBe(1);
  });

  it("never takes a status back", async () => {
    const stage = await setTheCallback(
      { webhook: { url: "https://example.com/hook", events: ["completed"] } },
      { webhooks: { drop: ["completed"] } },
    );
    await stage.client.start(request);
    const { id, createdAt } = stage.simulator.predictions[0] ?? { id: "", createdAt: 0 };
    const prediction = { id, model: qwen, created_at: new Date(createdAt).toISOString() };
    const statuses: unknown[] = [];
    for (const status of ["processing", "starting", "processing"]) {
      await stage.handler(toWebhook(stage, { ...prediction, status, started_at: prediction.created_at }));
      statuses.push((await stage.run()).attempts[0]?.predictionStatus);
    }
    expect(statuses).toEqual(["processing", "processing", "processing"]);
    expect(stage.answers.map(({ statements }) => statements.join())).toEqual(["list,update", "list", "list"]);
    expect(stage.count("attempt.status")).toBe(1);
    const output = ["https://replicate.delivery/x.png"];
    const first = await stage.client.receive({ ...prediction, status: "succeeded", output });
    expect(first).toMatchObject({ isDue: true, run: { state: "running", cost: { outputs: 1 }, attempts: [{ outputUrls: output }] } });
    expect(await stage.client.receive({ ...prediction, status: "starting" })).toMatchObject({
      isDue: false,
      run: { version: first?.run.version },
    });
    expect(await stage.client.receive({ ...prediction, status: "succeeded", output })).toMatchObject({
      isDue: true,
      run: { version: first?.run.version },
    });
  });

  it.each([
    [{ status: "failed", error: "E005: flagged" }, "failed", "moderation", "unknown"],
    [{ status: "canceled", started_at: "2026-11-21T12:00:00Z" }, "canceled", "prediction_stopped", "yes"],
    [{ status: "aborted" }, "aborted", "prediction_stopped", "no"],
    [{ status: "succeeded", output: null }, "failed", "prediction_failed", "unknown"],
  ])("settles at once what gave no images: %j", async (ended, state, code, billed) => {
    const stage = await setTheCallback({ webhook: { url: "https://example.com/hook", events: ["completed"] } });
    await stage.client.start(request);
    const { id } = stage.simulator.predictions[0] ?? {};
    expect((await stage.handler(toWebhook(stage, { id, ...ended }))).status).toBe(200);
    expect(stage.answers[0]?.statements).toEqual(["list", "update"]);
    expect(await stage.run()).toMatchObject({ state, error: { code, billed }, attempts: [{ predictionStatus: ended.status }] });
    expect(stage.count("run.finished")).toBe(1);
    await stage.collected();
    expect(stage.simulator.requests.filter(({ method, target }) => target === "file" && method === "DELETE")).toHaveLength(1);
    expect([stage.errors, stage.count("run.uncollected")]).toEqual([[], 0]);
    // It is over: the images of a webhook that comes after it change nothing.
    await stage.handler(toWebhook(stage, { id, status: "succeeded", output: ["https://replicate.delivery/x.png"] }));
    await stage.collected();
    expect(await stage.run()).toMatchObject({ state, images: [] });
    expect(stage.staged).toEqual([]);
  });

  it("that is lost leaves the run to resume", async () => {
    const stage = await setTheCallback({}, { webhooks: { drop: ["start", "logs", "output", "completed"] } });
    await stage.client.start(request);
    await stage.simulator.clock.advance(minuteMs);
    expect(stage.answers).toEqual([]);
    expect(await stage.client.resume()).toMatchObject([{ run: { state: "succeeded", images: [{}] } }]);
  });

  it("of a model with many outputs is done when its status says so", async () => {
    const stage = await setTheCallback();
    await stage.client.start({ ...request, modelId: seedream4, config: { max_images: 3, sequential_image_generation: "auto" } } as never);
    await stage.simulator.clock.advance(2 * minuteMs);
    await stage.collected();
    const run = await stage.run();
    expect(run.state).toBe("succeeded");
    expect(run.images).toHaveLength(run.attempts[0]?.outputUrls.length ?? 0);
    expect(stage.errors).toEqual([]);
  });

  it("goes well with somebody who waits", async () => {
    const stage = await setTheCallback();
    const [waited] = await Promise.all([stage.client.stage(request), stage.simulator.clock.advance(minuteMs)]);
    await stage.collected();
    expect(waited).toMatchObject({ state: "succeeded", images: [{ contentType: "image/png" }] });
    expect(stage.count("run.finished")).toBe(1);
    expect(stage.errors).toEqual([]);
  });

  it("of another service on the same account is answered, and told", async () => {
    const stage = await setTheCallback();
    const other = stage.another({ runStore: memoryRunStore() });
    await other.start(request);
    await stage.simulator.clock.advance(minuteMs);
    expect(stage.answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(stage.events).toContainEqual({ type: "webhook.foreign", predictionId: stage.simulator.predictions[0]?.id });
    expect(await stage.runs()).toEqual([]);
    expect(stage.staged).toEqual([]);
  });
});

describe("a webhook before the answer to the create", () => {
  it("finds its run by its mark, and the answer is not sent for again", async () => {
    const stage = await setTheCallback({ requestTimeoutMs: 400 });
    stage.simulator.faults.add({ on: "create", kind: "hang", accepted: true });
    const starting = stage.client.start(request);
    await expect.poll(() => stage.simulator.predictions.length).toBe(1);
    await stage.simulator.clock.advance(minuteMs);
    expect(stage.count("attempt.found")).toBe(1);
    await stage.collected();
    expect(await stage.run()).toMatchObject({ state: "succeeded", attempts: [{ foundBy: "webhook" }], images: [{}] });
    expect(await starting).toMatchObject({ state: "succeeded" });
    expect(stage.simulator.predictions).toHaveLength(1);
    expect(stage.count("run.finished")).toBe(1);
  });

  it("gives the one that was sent first its prediction, where two look the same", async () => {
    const same = { ...request, image: "https://example.com/room.jpg", modelId: seedream4 } as const;
    const stage = await setTheCallback({ requestTimeoutMs: 600 }, { webhooks: { drop: ["start", "logs", "output"] } });
    stage.simulator.faults.add({ on: "create", kind: "hang", accepted: true, times: 2 });
    const first = stage.client.start(same);
    await expect.poll(() => stage.simulator.predictions.length).toBe(1);
    await stage.simulator.clock.advance(2_000);
    const second = stage.client.start(same);
    await expect.poll(() => stage.simulator.predictions.length).toBe(2);
    await stage.simulator.clock.advance(2 * minuteMs);
    await stage.collected();
    await Promise.all([first, second]);
    const held = (await stage.runs()).map(({ attempts }) => attempts.at(-1)?.predictionId);
    expect([...held].sort()).toEqual(stage.simulator.predictions.map(({ id }) => id).sort());
    expect((await stage.runs()).map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
  });

  it("takes up a run that was left to a person", async () => {
    const webhooks = { drop: ["start", "logs", "output"], delaysMs: { completed: 120_000 } } as const;
    const stage = await setTheCallback({ onUnknown: "stop" }, { webhooks });
    stage.simulator.faults.add({ on: "create", kind: "reset", when: "after_accept" });
    const nothing = () => ({ next: null, previous: null, results: [] });
    stage.simulator.faults.add({ on: "list", kind: "rewrite", rewrite: nothing, times: Number.POSITIVE_INFINITY });
    expect(await rejection(stage.client.start(request))).toMatchObject({ code: "unknown_outcome" });
    expect(await stage.run()).toMatchObject({ state: "unknown", error: { code: "unknown_outcome" }, leaseExpiresAt: expect.any(String) });
    const { id, input } = stage.simulator.predictions[0] ?? {};
    const noted = await stage.client.receive({ id, input, status: "processing" });
    // Nobody holds it now: where the next webhook is lost, resume finds it.
    expect(noted?.run).toMatchObject({ state: "running", error: null, leaseExpiresAt: null });
    await stage.simulator.clock.advance(5 * minuteMs);
    await stage.collected();
    expect(await stage.run()).toMatchObject({ state: "succeeded", attempts: [{ foundBy: "webhook" }], images: [{}] });
  });

  it("gives way to the answer, where it took the wrong one of two that look the same", async () => {
    const same = { ...request, image: "https://example.com/room.jpg", modelId: seedream4 } as const;
    const letGo: (() => void)[] = [];
    const held: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const isCreate = (input instanceof Request ? input.url : String(input)).includes("/models/");
      if (isCreate) await new Promise<void>((resolve) => letGo.push(resolve));
      return response;
    };
    const stage = await setTheCallback({ fetch: held }, { webhooks: { drop: ["start", "logs", "output", "completed"] } });
    const first = stage.client.start(same);
    await expect.poll(() => letGo.length).toBe(1);
    await stage.simulator.clock.advance(1_500);
    const second = stage.client.start(same);
    await expect.poll(() => letGo.length).toBe(2);
    const { id, input } = stage.simulator.predictions[1] ?? {};
    const taken = await stage.client.receive({ id, input, status: "processing" });
    letGo[1]?.();
    await second;
    letGo[0]?.();
    expect((await first).id).toBe(taken?.run.id);
    const attempts = (await stage.runs()).map(({ attempts, state }) => ({ state, ...attempts.at(-1) }));
    expect(attempts).toMatchObject(
      stage.simulator.predictions.map(({ id }) => ({ state: "running", predictionId: id, foundBy: "answer" })),
    );
  });

  it("finds its run when the answer is written down while it is looked for", async () => {
    const store = memoryRunStore();
    let beforeMarks = async () => {};
    const list: RunStore["list"] = async (filter) => {
      if (filter?.states?.includes("creating")) await beforeMarks();
      return store.list(filter);
    };
    let letGo = () => {};
    const held: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const isCreate = (input instanceof Request ? input.url : String(input)).includes("/models/");
      if (isCreate) await new Promise<void>((resolve) => (letGo = resolve));
      return response;
    };
    const stage = await setTheCallback({ fetch: held, runStore: { ...store, list } });
    const starting = stage.client.start(request);
    await expect.poll(() => stage.simulator.predictions.length).toBe(1);
    beforeMarks = async () => {
      letGo();
      await starting;
    };
    const { id, input } = stage.simulator.predictions[0] ?? {};
    expect(await stage.client.receive({ id, input, status: "processing" })).toMatchObject({ run: { state: "running" } });
    expect([stage.count("webhook.foreign"), stage.count("attempt.found")]).toEqual([0, 0]);
  });

  it("is no run's where the input is another one's", async () => {
    const stage = await setTheCallback({ requestTimeoutMs: 400 });
    stage.simulator.faults.add({ on: "create", kind: "hang", accepted: true });
    const starting = stage.client.start(request);
    await expect.poll(() => stage.simulator.predictions.length).toBe(1);
    const { id, input, createdAt } = stage.simulator.predictions[0] ?? { id: "", input: {}, createdAt: 0 };
    const created_at = new Date(createdAt).toISOString();
    const prediction = { id, model: qwen, status: "processing", created_at };
    expect(await stage.client.receive({ ...prediction, input: { ...input, seed: 1 } })).toBeUndefined();
    expect(await stage.client.receive({ ...prediction, input: {} })).toBeUndefined();
    expect(await stage.client.receive({ ...prediction, input, created_at: "2020-01-01T00:00:00Z" })).toBeUndefined();
    expect(stage.count("webhook.foreign")).toBe(3);
    expect(await stage.client.receive({ ...prediction, input })).toMatchObject({ run: { state: "running" } });
    await starting;
    expect((await stage.run()).attempts).toMatchObject([{ predictionId: id, foundBy: "webhook" }]);
  });
});

describe("the handler", () => {
  it("takes POST only", async () => {
    const stage = await setTheCallback();
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]) {
      const response = await stage.handler(new Request("https://example.com/hook", { method }));
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
    expect(stage.errors).toEqual([]);
  });

  it.each<[string, number, string, (stage: CallbackStage) => Request]>([
    ["unsigned", 401, "missing_header", () => new Request("https://example.com/hook", { method: "POST", body: "{}" })],
    ["changed", 401, "signature", (stage) => new Request(toWebhook(stage, {}), { method: "POST", body: "{ }" })],
    ["without a body", 401, "missing_header", () => new Request("https://example.com/hook", { method: "POST" })],
  ])("does not believe what is %s", async (_, status, reason, make) => {
    const stage = await setTheCallback();
    expect((await stage.handler(make(stage))).status).toBe(status);
    expect(stage.errors).toMatchObject([{ code: "invalid_webhook", reason }]);
  });

  it("does not believe what is older than five minutes", async () => {
    const stage = await setTheCallback();
    const webhook = toWebhook(stage, { id: "p1", status: "succeeded" });
    await stage.simulator.clock.advance(301_000);
    expect((await stage.handler(webhook)).status).toBe(401);
    expect(stage.errors).toMatchObject([{ reason: "stale" }]);
  });

  it.each([
    ["no JSON", "not JSON"],
    ["a list", "[]"],
    ["no prediction", '{"id":"../x","status":"succeeded"}'],
  ])("refuses %s", async (_, body) => {
    const stage = await setTheCallback();
    expect((await stage.handler(toWebhook(stage, body))).status).toBe(400);
    expect(stage.errors.every((error) => InvalidRequestError.is(error))).toBe(true);
    expect(stage.answers).toEqual([{ status: 400, statements: [] }]);
  });

  it("does not read a body of 10 MB, whether or not it says how long it is", async () => {
    const stage = await setTheCallback();
    const told = await handStream({ "content-length": "10000000" });
    expect(told).toMatchObject({ status: 413, isCanceled: false });
    expect(told.pulled).toBeLessThan(200_000);
    const untold = await handStream({});
    expect(untold).toMatchObject({ status: 413, isCanceled: true });
    expect(untold.pulled).toBeLessThan(1_300_000);
    expect(stage.errors).toMatchObject([{ reason: "too_large" }, { reason: "too_large" }]);

    async function handStream(headers: Record<string, string>) {
      let pulled = 0;
      let isCanceled = false;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          pulled += 65_536;
          if (pulled > 10_000_000) controller.close();
          else controller.enqueue(new Uint8Array(65_536));
        },
        cancel: () => {
          isCanceled = true;
        },
      });
      const streamed = new Request("https://example.com/hook", { method: "POST", headers, body, duplex: "half" } as RequestInit);
      const { status } = await stage.handler(streamed);
      return { status, pulled, isCanceled };
    }
  });

  it("has Replicate come again when the run store fails", async () => {
    const store = memoryRunStore();
    let failures = 2;
    const failing: RunStore = {
      ...store,
      list: async (filter) => {
        if (filter?.predictionId !== undefined && failures-- > 0) throw new Error("the disk is full");
        return store.list(filter);
      },
    };
    const stage = await setTheCallback({ runStore: failing, webhook: { url: "https://example.com/hook" } });
    await stage.client.start(request);
    await stage.simulator.clock.advance(2 * minuteMs);
    await stage.collected();
    expect(stage.answers.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(await stage.run()).toMatchObject({ state: "succeeded", images: [{}] });
    expect(stage.errors).toHaveLength(2);
  });

  it("sends Replicate elsewhere once its client is closed", async () => {
    const stage = await setTheCallback();
    await stage.client.start(request);
    await stage.client.close();
    expect((await stage.handler(toWebhook(stage, { id: stage.simulator.predictions[0]?.id, status: "failed" }))).status).toBe(503);
    expect(stage.errors).toMatchObject([{ code: "client_closed" }]);
  });

  it("goes on by itself without waitUntil, and leaves nothing unhandled", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    onTestFinished(() => void process.off("unhandledRejection", listen));
    const stage = await setTheCallback({}, { webhooks: { fetch: async () => new Response() } });
    const handler = createWebhookHandler({
      client: stage.client,
      secrets: [stage.simulator.webhookSecret],
      clock: stage.clock,
      waitUntil: () => thrown(),
      onStaged: () => thrown(),
      onError: () => thrown(),
    });
    await stage.client.start(request);
    await stage.simulator.clock.advance(minuteMs);
    const { id } = stage.simulator.predictions[0] ?? {};
    const { url, token } = stage.simulator;
    const answer = await fetch(`${url}/predictions/${id}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await handler(toWebhook(stage, await answer.text()))).status).toBe(200);
    await stage.client.drain();
    await new Promise(setImmediate);
    expect(await stage.run()).toMatchObject({ state: "succeeded" });
    expect(unhandled).toEqual([]);
  });

  it("needs secrets from the start", async () => {
    const { client } = await setTheCallback();
    expect(() => createWebhookHandler({ client, secrets: [] })).toThrow(InvalidRequestError);
    expect(() => createWebhookHandler({ client, secrets: ["secret"] })).toThrow(InvalidRequestError);
    expect(() => createWebhookHandler({ client, secrets: ["whsec_MfKQ"], maximumBodyBytes: 0 })).toThrow(InvalidRequestError);
  });
});

function thrown(): never {
  throw new Error("mine");
}
