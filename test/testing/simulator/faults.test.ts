import { describe, expect, it } from "vitest";
import type { Fault, ReplicateSimulator } from "../../../src/testing/index.ts";
import { ask, kontextInput, kontextPath, rejection, startManual } from "./helpers.ts";

// One way to ask over the network, one in memory: both must fail alike.
const ways = { network: () => fetch, memory: (simulator: ReplicateSimulator) => simulator.fetch } as const;

function post(simulator: ReplicateSimulator, way: keyof typeof ways, init: RequestInit = {}): Promise<Response> {
  return ways[way](simulator)(simulator.url + kontextPath, {
    method: "POST",
    headers: { authorization: `Bearer ${simulator.token}`, "content-type": "application/json" },
    body: JSON.stringify({ input: kontextInput }),
    ...init,
  });
}

describe.each(["network", "memory"] as const)("over %s", (way) => {
  it.each([
    ["before_read", 0],
    ["after_read", 0],
    ["after_accept", 1],
  ] as const)("reset %s leaves %i predictions", async (when, predictions) => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "reset", when });
    const error = await rejection(post(simulator, way));
    expect(error).toMatchObject({ name: "TypeError", message: "fetch failed", cause: { code: "ECONNRESET" } });
    expect(simulator.predictions).toHaveLength(predictions);
    expect(simulator.requests).toMatchObject([{ target: "create", fault: "reset", status: null }]);
    expect((await post(simulator, way)).status).toBe(201);
  });

  it("reset mid_body gives headers and half a body", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "reset", when: "mid_body" });
    const response = await post(simulator, way);
    expect(response.status).toBe(201);
    expect(await rejection(response.text())).toMatchObject({ message: "terminated" });
    expect(simulator.predictions).toHaveLength(1);
  });

  it.each([false, true])("hang never answers, accepted: %s", async (accepted) => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "hang", accepted });
    const abort = new AbortController();
    const answer = rejection(post(simulator, way, { signal: abort.signal }));
    await expect.poll(() => simulator.requests.at(-1)?.body).toEqual({ input: kontextInput });
    abort.abort();
    expect(await answer).toMatchObject({ name: "AbortError" });
    expect(simulator.predictions).toHaveLength(accepted ? 1 : 0);
  });

  it("drip arrives whole, in pieces", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "drip", chunkBytes: 100, everyMs: 1 });
    const response = await post(simulator, way);
    let pieces = 0;
    for await (const _ of response.clone().body ?? []) pieces += 1;
    expect(pieces).toBeGreaterThan(3);
    expect(await response.json()).toMatchObject({ status: "starting" });
  });

  it("delay answers all the same", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "delay", delayMs: 5 });
    expect((await post(simulator, way)).status).toBe(201);
  });

  it.each([401, 402, 408, 500, 502, 503])("status %i with JSON, accepted or not", async (status) => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "status", status });
    simulator.faults.add({ on: "create", kind: "status", status, accepted: true });
    for (const predictions of [0, 1]) {
      const response = await post(simulator, way);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ status, detail: expect.any(String) });
      expect(simulator.predictions).toHaveLength(predictions);
    }
    expect(simulator.faults.count).toBe(2);
  });

  it("status with a body and headers of its own", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "status", status: 503, body: ["busy"], headers: { "retry-after": "3" } });
    const response = await post(simulator, way);
    expect(response.headers.get("retry-after")).toBe("3");
    expect(await response.json()).toEqual(["busy"]);
  });

  it("throttle tells the time where told", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 30 });
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 30, tells: ["header"] });
    const first = await post(simulator, way);
    expect(first.status).toBe(429);
    expect(await first.json()).toEqual({ detail: "Request was throttled. Your rate limit resets in ~30s.", status: 429, retry_after: 30 });
    const second = await post(simulator, way);
    expect(second.headers.get("retry-after")).toBe("30");
    expect(await second.json()).not.toHaveProperty("retry_after");
    expect(simulator.predictions).toHaveLength(0);
  });

  it("html is the page of a proxy", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "html" });
    const response = await post(simulator, way);
    expect(response).toMatchObject({ status: 403 });
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(await response.text()).toContain("<!DOCTYPE html>");
  });

  it("redirect makes fetch send the create again, unless it is told not to", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "redirect", times: 2, accepted: true });
    const manual = await post(simulator, way, { redirect: "manual" });
    expect(manual.status).toBe(307);
    expect(simulator.predictions).toHaveLength(1);
    expect((await post(simulator, way)).status).toBe(201);
    expect(simulator.predictions).toHaveLength(3);
  });

  it("an older redirect turns the create into a listing, as fetch does", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "redirect", status: 302, location: `${simulator.url}/predictions` });
    expect(await (await post(simulator, way)).json()).toMatchObject({ results: [] });
  });

  it.each([
    ["truncate", { kind: "truncate" }],
    ["garble", { kind: "garble" }],
  ] as const)("%s is no JSON, and was accepted", async (_, fault) => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", ...fault });
    const response = await post(simulator, way);
    expect(response.status).toBe(201);
    expect(await rejection(response.json())).toBeInstanceOf(SyntaxError);
    expect(simulator.predictions).toHaveLength(1);
  });

  it.each<[Fault, unknown]>([
    [{ kind: "shape", body: null }, null],
    [{ kind: "shape", body: { data: [] } }, { data: [] }],
    [{ kind: "rewrite", rewrite: (body) => ({ id: (body as { id: string }).id.length }) }, { id: 26 }],
  ])("%o is JSON of another shape", async (fault, body) => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", ...fault });
    expect(await (await post(simulator, way)).json()).toEqual(body);
    expect(simulator.predictions).toHaveLength(1);
  });
});

describe("421", () => {
  it("makes Node's fetch send the create again, although nobody asked it to", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "create", kind: "status", status: 421, accepted: true });
    expect((await post(simulator, "network")).status).toBe(201);
    expect(simulator.predictions).toHaveLength(2);
  });
});

describe("a fault", () => {
  const statusesOf = async (simulator: ReplicateSimulator, count: number) => {
    const statuses: number[] = [];
    for (let index = 0; index < count; index += 1) statuses.push((await ask(simulator, "/account")).status);
    return statuses;
  };

  it("happens on its calls only, after some and so many times", async () => {
    const simulator = await startManual();
    simulator.faults.add({ on: "get", kind: "status", status: 500 });
    simulator.faults.add({ on: "account", kind: "status", status: 503, after: 1, times: 2 });
    expect(await statusesOf(simulator, 4)).toEqual([200, 503, 503, 200]);
  });

  it("comes in the order of adding, and is taken back", async () => {
    const simulator = await startManual();
    const takeBack = simulator.faults.add({ on: "any", kind: "status", status: 500, times: Number.POSITIVE_INFINITY });
    simulator.faults.add({ on: "any", kind: "status", status: 503 });
    expect(await statusesOf(simulator, 2)).toEqual([500, 500]);
    takeBack();
    expect(await statusesOf(simulator, 2)).toEqual([503, 200]);
    simulator.faults.add({ on: "any", kind: "status", status: 500 });
    simulator.faults.clear();
    expect(await statusesOf(simulator, 1)).toEqual([200]);
  });

  it("happens by chance, the same for the same seed", async () => {
    const run = async () => {
      const simulator = await startManual({ seed: 5 });
      simulator.faults.add({ on: "account", kind: "status", status: 500, times: 1_000, chance: 0.3 });
      return statusesOf(simulator, 40);
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  it.each(["get", "list", "cancel", "upload", "file", "output", "model", "webhook_secret"] as const)("befalls %s", async (on) => {
    const simulator = await startManual();
    const id = simulator.createElsewhere({ modelId: "black-forest-labs/flux-kontext-pro", input: { prompt: "x" } });
    const calls = {
      get: [`/predictions/${id}`, "GET"],
      list: ["/predictions", "GET"],
      cancel: [`/predictions/${id}/cancel`, "POST"],
      upload: ["/files", "POST"],
      file: ["/files/unknown", "GET"],
      output: [new URL(`/output/${id}/0.png`, simulator.url).href, "GET"],
      model: ["/models/qwen/qwen-image-edit", "GET"],
      webhook_secret: ["/webhooks/default/secret", "GET"],
    } as const;
    simulator.faults.add({ on, kind: "status", status: 503 });
    const [path, method] = calls[on];
    expect((await ask(simulator, path, { method })).status).toBe(503);
    expect((await ask(simulator, path, { method })).status).not.toBe(503);
  });
});
