import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { parsePrediction, toOutputUrls } from "../../src/replicate/prediction.ts";
import { cancelPrediction, getPrediction } from "../../src/replicate/predictions.ts";
import type { Fault, FaultRule } from "../../src/testing/index.ts";
import { countOf, findClosedPort, httpTo, httpToSimulator, pro, rejection, startReplicate, startServer, startTcp } from "./helpers.ts";

const always = Number.POSITIVE_INFINITY;

async function startWithPrediction(...rules: readonly FaultRule[]) {
  const simulator = await startReplicate();
  const id = simulator.createElsewhere({ modelId: pro, input: { prompt: "Furnish" } });
  for (const rule of rules) simulator.faults.add(rule);
  return { simulator, id, http: httpToSimulator(simulator) };
}

const passing: readonly [string, Fault][] = [
  ["500", { kind: "status", status: 500 }],
  ["502", { kind: "html", status: 502 }],
  ["503", { kind: "status", status: 503 }],
  ["504", { kind: "status", status: 504 }],
  ["408", { kind: "status", status: 408 }],
  ["429 that asks for no wait", { kind: "throttle", retryAfterSeconds: 0, tells: ["header"] }],
  ["a reset", { kind: "reset", when: "after_read" }],
  ["a broken answer", { kind: "reset", when: "mid_body" }],
];

describe.each(["get", "cancel"] as const)("%s", (target) => {
  const ask = target === "get" ? getPrediction : cancelPrediction;

  it.each(passing)("is asked again after %s", async (_, fault) => {
    const { simulator, id, http } = await startWithPrediction({ on: target, times: 3, ...fault });
    expect(await ask(http, id)).toMatchObject({ id });
    expect(countOf(simulator, target)).toBe(4);
  });

  it.each(passing)("gives up after four times %s, as something that may pass", async (_, fault) => {
    const { simulator, id, http } = await startWithPrediction({ on: target, times: always, ...fault });
    expect(await rejection(ask(http, id))).toMatchObject({ retryable: true, billed: "no" });
    expect(countOf(simulator, target)).toBe(4);
  });

  it.each<[string, Fault, string]>([
    ["401", { kind: "status", status: 401 }, "unauthenticated"],
    ["402", { kind: "status", status: 402 }, "insufficient_credit"],
    ["404", { kind: "status", status: 404 }, "replicate_answer"],
  ])("ends at once with %s", async (_, fault, code) => {
    const { simulator, id, http } = await startWithPrediction({ on: target, times: always, ...fault });
    expect(await rejection(ask(http, id))).toMatchObject({ code, retryable: false });
    expect(countOf(simulator, target)).toBe(1);
  });

  it.each<[string, Fault]>([
    ["truncated JSON", { kind: "truncate" }],
    ["garbled JSON", { kind: "garble" }],
    ["another shape", { kind: "shape", body: { detail: 5 } }],
    ["an HTML page of a proxy with 200", { kind: "html", status: 200 }],
    ["an HTML page of a proxy with 403", { kind: "html", status: 403 }],
    ["a redirect", { kind: "redirect" }],
  ])("takes %s for something that may pass", async (_, fault) => {
    const { simulator, id, http } = await startWithPrediction({ on: target, times: always, ...fault });
    expect(await rejection(ask(http, id))).toMatchObject({ code: "replicate_answer", retryable: true });
    expect(countOf(simulator, target)).toBe(1);
  });
});

describe("a look", () => {
  it("ends with the signal's own reason, before and while it asks", async () => {
    const { simulator, id } = await startWithPrediction({ on: "get", kind: "hang", times: always });
    const reason = Symbol("the user left");
    expect(await rejection(getPrediction(httpToSimulator(simulator), id, AbortSignal.abort(reason)))).toBe(reason);
    expect(simulator.requests).toHaveLength(0);
    const controller = new AbortController();
    const http = httpToSimulator(simulator, {
      fetch: (...call) => {
        setImmediate(() => controller.abort(reason));
        return fetch(...call);
      },
    });
    expect(await rejection(getPrediction(http, id, controller.signal))).toBe(reason);
  });

  it("ends with the signal's own reason between two tries", async () => {
    const { simulator, id } = await startWithPrediction({ on: "get", kind: "status", status: 500, times: always });
    const controller = new AbortController();
    const http = httpToSimulator(simulator, {
      retryDelayMs: 60_000,
      fetch: async (...call) => {
        const response = await fetch(...call);
        setTimeout(() => controller.abort("enough"), 1);
        return response;
      },
    });
    expect(await rejection(getPrediction(http, id, controller.signal))).toBe("enough");
    expect(countOf(simulator, "get")).toBe(1);
  });

  it("ends with the signal's own reason while garbage is collected", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const { simulator, id } = await startWithPrediction({ on: "get", kind: "hang", times: always });
    const controller = new AbortController();
    const timer = setInterval(collectGarbage, 5);
    setTimeout(() => controller.abort("enough"), 60);
    expect(await rejection(getPrediction(httpToSimulator(simulator), id, controller.signal))).toBe("enough");
    clearInterval(timer);
  });
});

describe("a harmless call", () => {
  it("says that there was no answer where nobody listens", async () => {
    const http = httpTo(`http://127.0.0.1:${await findClosedPort()}/v1`);
    expect(await rejection(getPrediction(http, "abc"))).toMatchObject({ code: "connection", retryable: true });
  });

  it("is not repeated when it took too long", async () => {
    const { simulator, id } = await startWithPrediction({ on: "get", kind: "hang", times: always });
    const http = httpToSimulator(simulator, { requestTimeoutMs: 40 });
    expect(await rejection(getPrediction(http, id))).toMatchObject({ code: "connection", message: expect.stringContaining("in time") });
    expect(countOf(simulator, "get")).toBe(1);
  });

  it("carries the token of the moment", async () => {
    const server = await startServer((_, outgoing) => outgoing.end('{"id":"abc","status":"starting"}'));
    let calls = 0;
    const http = httpTo(server.url, { token: async () => `r8_token_${++calls}` });
    await getPrediction(http, "abc");
    await getPrediction(http, "abc");
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer r8_token_1", "Bearer r8_token_2"]);
  });

  it.each([undefined, "", "  ", () => ""])("needs a token: %j", async (token) => {
    const tcp = await startTcp(() => undefined);
    const http = httpTo(tcp.url, { token });
    expect(await rejection(http.readToken())).toMatchObject({ code: "missing_token" });
    expect(await rejection(getPrediction(http, "abc"))).toMatchObject({ code: "missing_token" });
    expect(tcp.connections()).toBe(0);
  });

  it("does not repeat a token that an answer quotes", async () => {
    const server = await startServer((incoming, outgoing) => {
      const detail = `The header "${incoming.headers.authorization}" is not known here`;
      outgoing.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ detail, status: 400 }));
    });
    const error = await rejection(getPrediction(httpTo(server.url, { token: "r8_canary_of_the_token" }), "abc"));
    expect(error).toMatchObject({ code: "replicate_answer" });
    expect(String(error)).not.toContain("canary");
  });
});

describe("parsePrediction", () => {
  it.each([
    undefined,
    null,
    "text",
    5,
    [],
    {},
    { id: "abc" },
    { status: "starting" },
    { id: "", status: "starting" },
    { id: "a b", status: "starting" },
    { id: "a".repeat(65), status: "starting" },
    { id: "abc", status: 5 },
  ])("does not take %j for a prediction", (body) => {
    expect(parsePrediction(body)).toBeUndefined();
  });

  it("takes a status that nobody knows for none that ends", () => {
    expect(parsePrediction({ id: "abc", status: "queued" })).toMatchObject({ id: "abc", status: "processing" });
  });

  it.each([
    ["https://a", ["https://a"]],
    [
      ["https://a", "https://b"],
      ["https://a", "https://b"],
    ],
    [[null, "https://a", "", 5], ["https://a"]],
    [{ url: "https://a" }, []],
    ["", []],
    [null, []],
    [undefined, []],
    [[], []],
  ])("finds the addresses in %j", (output, urls) => {
    expect(toOutputUrls({ id: "abc", status: "succeeded", output })).toEqual(urls);
  });
});
