import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { qwenImageEdit } from "../../src/models/index.ts";
import { type CreateOutcome, createPrediction } from "../../src/replicate/create.ts";
import type { Fault } from "../../src/testing/index.ts";
import { toVersionId } from "../../src/testing/simulator/model-json.ts";
import { countOf, createRequest, httpTo, httpToSimulator, qwen, startReplicate, startServer, tinyPng, toDataUrl } from "./helpers.ts";

const always = Number.POSITIVE_INFINITY;

/** One create while every create meets this fault: a second one would meet it too, and be seen. */
async function createThrough(fault: Fault, options: Parameters<typeof httpToSimulator>[1] = {}) {
  const simulator = await startReplicate();
  simulator.faults.add({ on: "create", times: always, ...fault });
  const outcome = await createPrediction(httpToSimulator(simulator, options), createRequest);
  return { outcome, posts: countOf(simulator, "create"), created: simulator.predictions.length, simulator };
}

function codeOf(outcome: CreateOutcome): string | undefined {
  return outcome.kind === "refused" ? outcome.error.code : undefined;
}

describe("a create of which no answer tells what became of it", () => {
  it.each<[string, Fault, { created: number; reason?: RegExp }]>([
    ["a reset before the body was read", { kind: "reset", when: "before_read" }, { created: 0 }],
    ["a reset after the body was read", { kind: "reset", when: "after_read" }, { created: 0 }],
    ["a reset after the work was done", { kind: "reset", when: "after_accept" }, { created: 1 }],
    ["a reset within the answer", { kind: "reset", when: "mid_body" }, { created: 1 }],
    ["408", { kind: "status", status: 408 }, { created: 0, reason: /408/ }],
    ["408 of a create that worked", { kind: "status", status: 408, accepted: true }, { created: 1, reason: /408/ }],
    ["409", { kind: "status", status: 409 }, { created: 0, reason: /409/ }],
    ["410", { kind: "status", status: 410 }, { created: 0, reason: /410/ }],
    ["421, which fetch itself would send again", { kind: "status", status: 421 }, { created: 0, reason: /421/ }],
    ["425", { kind: "status", status: 425 }, { created: 0, reason: /425/ }],
    ["307 to the same address", { kind: "redirect" }, { created: 0, reason: /307/ }],
    ["308", { kind: "redirect", status: 308, accepted: true }, { created: 1, reason: /308/ }],
    ["302", { kind: "redirect", status: 302 }, { created: 0, reason: /302/ }],
    ["500", { kind: "status", status: 500 }, { created: 0, reason: /500/ }],
    ["500 of a create that worked", { kind: "status", status: 500, accepted: true }, { created: 1, reason: /500/ }],
    ["502", { kind: "status", status: 502, accepted: true }, { created: 1, reason: /502/ }],
    ["503 with Retry-After", { kind: "status", status: 503, headers: { "retry-after": "0" } }, { created: 0, reason: /503/ }],
    ["504", { kind: "status", status: 504 }, { created: 0, reason: /504/ }],
    ["an HTML 403 of a proxy", { kind: "html" }, { created: 0, reason: /403/ }],
    ["an HTML 429 of a proxy", { kind: "html", status: 429 }, { created: 0, reason: /429/ }],
    ["an HTML 200 of a proxy", { kind: "html", status: 200, accepted: true }, { created: 1, reason: /200/ }],
    ["JSON of another shape with 422", { kind: "status", status: 422, body: { error: "no" } }, { created: 0, reason: /422/ }],
    ["a JSON array with 400", { kind: "status", status: 400, body: ["no"] }, { created: 0, reason: /400/ }],
    ["truncated JSON", { kind: "truncate" }, { created: 1, reason: /201/ }],
    ["garbled JSON", { kind: "garble" }, { created: 1, reason: /201/ }],
    ["an empty object", { kind: "shape", body: {} }, { created: 1, reason: /201/ }],
    ["null", { kind: "shape", body: null }, { created: 1, reason: /201/ }],
    ["an array", { kind: "shape", body: [{ id: "abc", status: "starting" }] }, { created: 1, reason: /201/ }],
    ["an id that is a number", { kind: "shape", body: { id: 5, status: "starting" } }, { created: 1, reason: /201/ }],
    ["an id with a slash", { kind: "shape", body: { id: "../files/abc", status: "starting" } }, { created: 1, reason: /201/ }],
    ["an empty id", { kind: "shape", body: { id: "", status: "starting" } }, { created: 1, reason: /201/ }],
  ])("%s: one POST, unknown", async (_, fault, { created, reason = /./ }) => {
    const result = await createThrough(fault);
    expect(result).toMatchObject({ posts: 1, created, outcome: { kind: "unknown", reason: expect.stringMatching(reason) } });
  });

  it.each<[string, Fault, number]>([
    ["never comes", { kind: "hang" }, 0],
    ["never comes, though the work was done", { kind: "hang", accepted: true }, 1],
    ["comes too slowly", { kind: "drip", chunkBytes: 1, everyMs: 50 }, 1],
  ])("an answer that %s: one POST, unknown", async (_, fault, created) => {
    const result = await createThrough(fault, { requestTimeoutMs: 60 });
    expect(result).toMatchObject({ posts: 1, created, outcome: { kind: "unknown", reason: "no answer in time" } });
  });
});

describe("a create that Replicate refuses in its own words", () => {
  it.each([
    [400, "replicate_answer"],
    [401, "unauthenticated"],
    [402, "insufficient_credit"],
    [403, "unauthenticated"],
    [404, "replicate_answer"],
    [405, "replicate_answer"],
    [413, "refused_input"],
    [415, "replicate_answer"],
    [422, "refused_input"],
    [429, "throttled"],
  ])("%i: one POST, nothing created, %s", async (status, code) => {
    const { outcome, posts, created } = await createThrough({ kind: "status", status, headers: { "retry-after": "0" } });
    expect({ posts, created, kind: outcome.kind, code: codeOf(outcome) }).toEqual({ posts: 1, created: 0, kind: "refused", code });
    expect(outcome).toMatchObject({ error: { billed: "no", retryable: status === 429 } });
  });

  it.each([
    ["header", ["header"], 7_000],
    ["body", ["body"], 7_000],
    ["text", ["text"], 7_000],
    ["nowhere", [], null],
  ] as const)("429 that tells how long in its %s: one POST, and the wait is known", async (_, tells, retryAfterMs) => {
    const { outcome, posts } = await createThrough({ kind: "throttle", retryAfterSeconds: 7, tells });
    expect({ posts, outcome }).toMatchObject({ posts: 1, outcome: { kind: "refused", error: { code: "throttled", retryAfterMs } } });
  });

  it("422 names each field", async () => {
    const simulator = await startReplicate();
    const outcome = await createPrediction(httpToSimulator(simulator), {
      ...createRequest,
      input: { ...createRequest.input, output_format: "webp", safety_tolerance: 99 },
    });
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "refused_input" } });
    const { problems } = (outcome as unknown as { error: { problems: { field: string }[] } }).error;
    expect(problems.map(({ field }) => field).sort()).toEqual(["output_format", "safety_tolerance"]);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each([
    ["no list", { detail: "Input validation failed", invalid_fields: "none" }],
    ["odd entries", { detail: "Input validation failed", invalid_fields: [null, "text", 5] }],
    ["entries without a text", { detail: "Input validation failed", invalid_fields: [{}] }],
  ])("422 with %s of fields is still refused", async (_, body) => {
    const { outcome } = await createThrough({ kind: "status", status: 422, body });
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "refused_input", problems: [{ field: "input" }] } });
  });

  it("does not repeat what was sent", async () => {
    const prompt = "Put the grand piano of Ludwig under the window";
    const { outcome } = await createWithEcho(prompt, (body) => ({
      detail: `Bad input: ${prompt} ${body}`,
      status: 422,
      invalid_fields: [{ type: "x", field: "input.prompt", description: `${prompt} is no good` }],
    }));
    expect(outcome.kind).toBe("refused");
    expect(JSON.stringify(outcome)).not.toContain("Ludwig");
  });

  it("does not repeat one line of a prompt of several", async () => {
    const { outcome } = await createWithEcho("Put the grand piano of Ludwig there\nKeep the walls", () => ({
      detail: `The words "Put the grand piano of Ludwig there" are not allowed`,
      status: 422,
    }));
    expect(outcome.kind).toBe("refused");
    expect(JSON.stringify(outcome)).not.toContain("Ludwig");
  });

  it("does not repeat a prompt written as JSON", async () => {
    const { outcome } = await createWithEcho('Put "the piano" of Ludwig\nthere', (body) => ({ detail: `Bad input: ${body}`, status: 422 }));
    expect(outcome.kind).toBe("refused");
    expect(JSON.stringify(outcome)).not.toContain("Ludwig");
  });
});

async function createWithEcho(prompt: string, toBody: (sent: string) => unknown) {
  const server = await startServer((_, outgoing) => {
    outgoing.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify(toBody(server.asked[0]?.body ?? "")));
  });
  return { outcome: await createPrediction(httpTo(server.url), { ...createRequest, input: { ...createRequest.input, prompt } }) };
}

describe("a create that Replicate accepts", () => {
  it("gives the prediction, by one POST with the official keys only", async () => {
    const simulator = await startReplicate();
    const outcome = await createPrediction(httpToSimulator(simulator), createRequest);
    const [prediction] = simulator.predictions;
    expect(outcome).toMatchObject({ kind: "accepted", prediction: { id: prediction?.id, status: "starting" } });
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.requests[0]).toMatchObject({
      method: "POST",
      path: `/v1/models/${createRequest.modelId}/predictions`,
      body: { input: createRequest.input },
    });
    expect(Object.keys(simulator.requests[0]?.body as object)).toEqual(["input"]);
    const headers = simulator.requests[0]?.headers ?? {};
    expect(headers).toMatchObject({ "cancel-after": "600s", "content-type": "application/json" });
    expect(headers).not.toHaveProperty("prefer");
  });

  it("sends the whole body, though it is streamed", async () => {
    const simulator = await startReplicate();
    const input = { prompt: "räume ✨ ".repeat(400_000), input_image: toDataUrl(tinyPng) };
    await createPrediction(httpToSimulator(simulator), { ...createRequest, input });
    expect(simulator.requests[0]?.headers["transfer-encoding"]).toBe("chunked");
    expect(simulator.requests[0]?.body).toEqual({ input });
  });

  it("names the webhook and its events", async () => {
    const simulator = await startReplicate();
    const webhook = { url: "https://example.com/hook?run=1", events: ["start", "completed"] };
    const outcome = await createPrediction(httpToSimulator(simulator), { ...createRequest, webhook });
    expect(outcome.kind).toBe("accepted");
    expect(simulator.requests[0]?.body).toEqual({
      input: createRequest.input,
      webhook: webhook.url,
      webhook_events_filter: webhook.events,
    });
  });

  it("runs a pinned version by POST /predictions", async () => {
    const simulator = await startReplicate();
    const version = toVersionId(qwenImageEdit);
    const input = { prompt: "Furnish", image: toDataUrl(tinyPng) };
    const outcome = await createPrediction(httpToSimulator(simulator), { ...createRequest, modelId: qwen, version, input });
    expect(outcome.kind).toBe("accepted");
    expect(simulator.requests[0]).toMatchObject({ path: "/v1/predictions", body: { version: `${qwen}:${version}`, input } });
    expect(Object.keys(simulator.requests[0]?.body as object).sort()).toEqual(["input", "version"]);
  });

  it.each([
    [600, "600s"],
    [1, "5s"],
    [5, "5s"],
    [7.2, "8s"],
  ])("Cancel-After for %d seconds is %s", async (cancelAfterSeconds, header) => {
    const simulator = await startReplicate();
    await createPrediction(httpToSimulator(simulator), { ...createRequest, cancelAfterSeconds });
    expect(simulator.requests[0]).toMatchObject({ status: 201, headers: { "cancel-after": header } });
  });

  it("is accepted whatever else the answer holds, as long as it has an id", async () => {
    const { outcome } = await createThrough({
      kind: "rewrite",
      rewrite: (body) => ({
        ...(body as object),
        status: "queued",
        metrics: "none",
        created_at: 5,
        data_removed: "no",
        model: null,
        output: { odd: true },
      }),
    });
    expect(outcome).toMatchObject({ kind: "accepted", prediction: { id: expect.any(String) } });
  });

  it("comes whole through a slow drip", async () => {
    const { outcome, posts } = await createThrough({ kind: "drip", chunkBytes: 40, everyMs: 0 });
    expect({ kind: outcome.kind, posts }).toEqual({ kind: "accepted", posts: 1 });
  });
});

it("is one POST and one outcome whatever answer comes", async () => {
  let next = { status: 200, body: "" };
  const server = await startServer((_, outgoing) => {
    outgoing.writeHead(next.status, { "content-type": "application/json", location: "/v1/elsewhere", "retry-after": "0" }).end(next.body);
  });
  const http = httpTo(server.url);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 200, max: 599 }),
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.record({ detail: fc.string() }).map((body) => JSON.stringify(body)),
      ),
      async (status, body) => {
        next = { status, body: [204, 205, 304].includes(status) ? "" : body };
        const before = server.asked.length;
        const outcome = await createPrediction(http, createRequest);
        expect(server.asked.length - before).toBe(1);
        const isOwnWord = [400, 401, 402, 403, 404, 405, 413, 415, 422, 429].includes(status) && body.startsWith('{"detail":"');
        expect(outcome.kind).toBe(isOwnWord ? "refused" : "unknown");
      },
    ),
    { numRuns: 300 },
  );
});
