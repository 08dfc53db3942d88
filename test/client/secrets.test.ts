import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { StageRequest } from "../../src/client/stage-request.ts";
import type { BuiltInModel } from "../../src/models/index.ts";
import type { Fault } from "../../src/testing/index.ts";
import { failures, script, unrecognisable } from "./failures.ts";
import { countOf, rejection, type Stage, setTheStage, tinyPng } from "./helpers.ts";

const token = "r8_CANARYTOKEN0123456789abcdefghijklmnopq";
const words = "put the CANARYPROMPT sofa beside the window";
const request: StageRequest<BuiltInModel> = { image: tinyPng, room: "living_room", prompt: words, keep: ["the CANARYPIECE lamp"] };
const canaries = ["CANARYTOKEN", "CANARYPROMPT", "CANARYPIECE", Buffer.from(tinyPng).toString("base64").slice(10, 40)];

/** Everything that a log, a debugger or a crash report would show of a value. */
function toTraces(value: unknown): string {
  const options = {
    depth: Number.POSITIVE_INFINITY,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
    getters: true,
  } as const;
  const traces = [inspect(value, options), String(value), JSON.stringify(value) ?? ""];
  for (let at: unknown = value, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    traces.push(at.message, at.stack ?? "", JSON.stringify(at), JSON.stringify(at, Object.getOwnPropertyNames(at)), inspect(at, options));
  }
  return traces.join("\n");
}

function expectNoCanary(value: unknown): void {
  const traces = toTraces(value);
  for (const canary of canaries) expect(traces.includes(canary), `${canary} in ${traces.slice(0, 2_000)}`).toBe(false);
}

async function expectNoCanaryAnywhere({ client, events, runs }: Stage, error?: unknown): Promise<void> {
  expectNoCanary(error);
  expectNoCanary(events);
  expectNoCanary(await runs());
  expectNoCanary(client);
}

describe("token and prompt stand in no error, event, record or inspected client", () => {
  it.each(failures.map((failure) => [failure.name, failure] as const))("%s", async (_, failure) => {
    const { requestTimeoutMs = 5_000, behaviour = {} } = failure;
    const stage = await setTheStage({ requestTimeoutMs }, { token, behaviour });
    script(stage.simulator, failure);
    const error = await rejection(stage.client.stage(request));
    expect(error).toMatchObject({ code: failure.error.code });
    await expectNoCanaryAnywhere(stage, error);
    const [{ id } = { id: "" }] = await stage.runs();
    await stage.client.wait(id, { timeoutMs: 0 }).catch(expectNoCanary);
    await stage.client.cancel(id).catch(expectNoCanary);
    await expectNoCanaryAnywhere(stage);
  });

  it("of a staging that goes well", async () => {
    const stage = await setTheStage({}, { token });
    const run = await stage.client.stage({ ...request, idempotencyKey: "order-1" });
    expectNoCanary(run);
    await expectNoCanaryAnywhere(
      stage,
      await rejection(stage.client.stage({ ...request, prompt: `${words} now`, idempotencyKey: "order-1" })),
    );
  });

  // Replicate, or a proxy before it, that quotes the whole request.
  const quote = `You sent "${words}" (${JSON.stringify({ prompt: words })}) with Authorization: Bearer ${token}`;
  it.each<[string, Fault]>([
    ["400", { kind: "status", status: 400, body: { detail: quote, status: 400 } }],
    ["401", { kind: "status", status: 401, body: { detail: quote, title: quote, status: 401 } }],
    ["413", { kind: "status", status: 413, body: { detail: quote, status: 413 } }],
    ["422 in its detail", { kind: "status", status: 422, body: { detail: quote, status: 422 } }],
    [
      "422 in a field",
      {
        kind: "status",
        status: 422,
        body: { detail: "bad", invalid_fields: [{ type: quote, field: "input.prompt", description: quote }] },
      },
    ],
    ["429", { kind: "status", status: 429, body: { detail: `${quote} ~5s`, retry_after: quote } }],
    ["500", { kind: "status", status: 500, body: { detail: quote } }],
    ["an id", { kind: "shape", body: { id: quote, status: "starting" } }],
    ["a redirect", { kind: "redirect", location: `https://example.com/?${encodeURIComponent(token)}` }],
  ])("when the create's answer quotes them: %s", async (_, fault) => {
    const stage = await setTheStage({}, { token, behaviour: unrecognisable });
    stage.simulator.faults.add({ on: "create", ...fault, times: Number.POSITIVE_INFINITY });
    await expectNoCanaryAnywhere(stage, await rejection(stage.client.stage(request)));
  });

  it.each<[string, Fault]>([
    ["400", { kind: "status", status: 400, body: { detail: quote, status: 400 } }],
    ["500", { kind: "status", status: 500, body: { detail: quote, status: 500 } }],
    ["another shape", { kind: "shape", body: { results: [{ id: quote, status: quote }], next: quote } }],
    ["a foreign next page", { kind: "rewrite", rewrite: (body) => ({ ...(body as object), next: `https://example.com/?a=${token}` }) }],
  ])("when a listing quotes them while it is looked for a lost answer: %s", async (_, fault) => {
    const stage = await setTheStage({}, { token });
    stage.simulator.faults.add({ on: "create", kind: "reset", when: "after_accept", times: Number.POSITIVE_INFINITY });
    stage.simulator.faults.add({ on: "list", ...fault, times: Number.POSITIVE_INFINITY });
    await expectNoCanaryAnywhere(stage, await rejection(stage.client.stage(request, { timeoutMs: 100_000 })));
    expect(countOf(stage.simulator, "create")).toBe(1);
  });

  it.each(["upload", "get", "cancel", "output"] as const)("when the answer to %s quotes the token", async (on) => {
    const stage = await setTheStage({}, { token });
    const body = { detail: `Bearer ${token} is not known` };
    stage.simulator.faults.add({ on, kind: "status", status: 400, body, times: Number.POSITIVE_INFINITY });
    const staging = on === "cancel" ? stage.client.start(request).then(({ id }) => stage.client.cancel(id)) : stage.client.stage(request);
    await expectNoCanaryAnywhere(stage, await rejection(staging));
  });

  it("when a failed prediction quotes the prompt", async () => {
    const stage = await setTheStage({}, { token });
    stage.simulator.outcomes.add({ error: `NSFW content in "${words}" (E005)` });
    const error = await rejection(stage.client.stage(request));
    expect(error).toMatchObject({ code: "moderation", detail: expect.stringContaining("E005") });
    await expectNoCanaryAnywhere(stage, error);
  });

  it("when a failed prediction quotes the prompt, and its input is not echoed", async () => {
    const stage = await setTheStage({}, { token, behaviour: { echoedInput: "omitted" } });
    stage.simulator.outcomes.add({ error: `NSFW content in "${words}" (E005)` });
    const error = await rejection(stage.client.stage(request));
    expect(error).toMatchObject({ code: "moderation", detail: expect.stringContaining("E005") });
    await expectNoCanaryAnywhere(stage, error);
  });

  it.each<[string, object]>([
    ["a prompt that is too long", { prompt: `${words} `.repeat(200) }],
    ["a prompt that goes with a style", { style: "modern" }],
    ["an unknown room", { room: `CANARYPROMPT` }],
    ["a piece that is too long", { keep: [`the CANARYPIECE lamp `.repeat(50)] }],
    ["a photo that is none", { image: Uint8Array.from(Buffer.from("CANARYPROMPT")) }],
    ["a photo as a broken data URL", { image: "data:image/png;base64,CANARYPROMPT%%%" }],
    ["a photo as text", { image: "CANARYPROMPT" }],
    ["a path that is not there", { image: { path: "/CANARYPROMPT/room.png" } }],
    ["a config value", { config: { aspect_ratio: "CANARYPROMPT" } }],
  ])("when the request is wrong: %s", async (_, change) => {
    const stage = await setTheStage({}, { token });
    await expectNoCanaryAnywhere(stage, await rejection(stage.client.stage({ ...request, ...change } as typeof request)));
  });

  it.each([`${token}\nsecond line`, `${token}ü✨`])("when the token cannot be sent", async (unfit) => {
    const stage = await setTheStage({ token: unfit });
    const error = await rejection(stage.client.stage(request));
    expect(error).toMatchObject({ code: "invalid_request", billed: "no", problems: [{ field: "token" }] });
    expect(stage.simulator.requests).toEqual([]);
    expect(await stage.runs()).toEqual([]);
    await expectNoCanaryAnywhere(stage, error);
  });

  it("when the client is made with a wrong base URL", async () => {
    const stage = await setTheStage();
    try {
      stage.another({ baseUrl: "http://example.com", token });
    } catch (error) {
      expectNoCanary(error);
      return;
    }
    throw new Error("did not throw");
  });
});
