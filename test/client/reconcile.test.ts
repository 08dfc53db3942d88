import { describe, expect, it } from "vitest";
import type { StageRequest } from "../../src/client/stage-request.ts";
import { DatabaseUnavailableError } from "../../src/errors/database-unavailable-error.ts";
import type { BuiltInModel } from "../../src/models/index.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import type { Fault, ReplicateSimulator } from "../../src/testing/index.ts";
import { unrecognisable } from "./failures.ts";
import { countOf, qwen, rejection, request, seedream4, setTheStage } from "./helpers.ts";

// The create is done and its answer lost; or it is lost before it is done.
const answerLost = { on: "create", kind: "reset", when: "after_accept" } as const;
const createLost = { on: "create", kind: "reset", when: "after_read" } as const;
const always = { times: Number.POSITIVE_INFINITY } as const;
const settleMs = 20_000;

/** A staging by a model without a seed; a photo tells it from its like. */
function seedless(name: string): StageRequest<BuiltInModel> & { readonly image: string } {
  const image = `https://example.com/${name}.jpg`;
  return { ...request, image, group: image, modelId: seedream4, config: { aspect_ratio: "match_input_image" } };
}

/** What was sent, was made and is to be paid. */
function toBill(simulator: ReplicateSimulator) {
  const own = simulator.predictions.filter(({ by }) => by === "client");
  return { creates: countOf(simulator, "create"), predictions: own.length, microUsd: simulator.ledger.microUsd };
}

const once = { creates: 1, predictions: 1, microUsd: 30_000 };
const resent = { creates: 2, predictions: 1, microUsd: 30_000 };
const unpaid = { creates: 1, predictions: 0, microUsd: 0 };

/** Other programs' predictions, at this moment. */
function createForeign({ createElsewhere }: ReplicateSimulator, count: number, input: object = {}, modelId: string = qwen): void {
  for (let index = 0; index < count; index += 1) {
    createElsewhere({ modelId, input: { prompt: `foreign prompt ${index}`, image: `https://example.com/${index}.png`, ...input } });
  }
}

describe("a create that nobody answered", () => {
  it.each([0, 5_000, 19_000])("is found where listings lag by %i ms", async (listingLagMs) => {
    const { client, simulator, run } = await setTheStage({}, { behaviour: { listingLagMs } });
    simulator.faults.add(answerLost);
    const { images } = await client.stage(request);
    expect(images).toHaveLength(1);
    const predictionId = simulator.predictions[0]?.id;
    expect(await run()).toMatchObject({ state: "succeeded", attempts: [{ number: 1, predictionId, foundBy: "listing", error: null }] });
    expect(toBill(simulator)).toEqual(once);
  });

  it("is sent once more when nothing was created: after two complete listings, the second when all had settled", async () => {
    const { client, simulator, run, events } = await setTheStage();
    simulator.faults.add(createLost);
    await client.stage(request);
    const [first, second] = simulator.requests.filter(({ target }) => target === "create");
    const listings = simulator.requests.filter(({ target, at, status }) => target === "list" && status === 200 && at <= (second?.at ?? 0));
    expect(listings.length).toBeGreaterThanOrEqual(2);
    expect((listings.at(-1)?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(settleMs);
    const predictionId = simulator.predictions[0]?.id;
    expect(await run()).toMatchObject({
      state: "succeeded",
      error: null,
      cost: { microUsd: 30_000 },
      attempts: [
        { number: 1, predictionId: null, error: { code: "not_created", billed: "no" } },
        { number: 2, predictionId, foundBy: "answer", error: null },
      ],
    });
    expect(events.map(({ type }) => type).filter((type) => /absent|unknown|found/.test(type))).toEqual([
      "attempt.unknown",
      "attempt.absent",
    ]);
    expect(toBill(simulator)).toEqual(resent);
  });

  it("is sent with the same input the second time", async () => {
    const { client, simulator } = await setTheStage();
    simulator.faults.add(createLost);
    await client.stage(request);
    const [first, second] = simulator.requests.filter(({ target }) => target === "create");
    expect(second?.body).toEqual(first?.body);
  });

  it("is found when it was the second one", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add(createLost);
    simulator.faults.add(answerLost);
    await client.stage(request);
    expect(await run()).toMatchObject({ state: "succeeded", attempts: [{ error: { code: "not_created" } }, { foundBy: "listing" }] });
    expect(toBill(simulator)).toEqual(resent);
  });

  it("is sent once more only: the run has failed then, and its idempotency key is free", async () => {
    const { client, simulator, runs } = await setTheStage();
    const keyed = { ...request, idempotencyKey: "order-1" };
    simulator.faults.add({ ...createLost, times: 2 });
    expect(await rejection(client.stage(keyed))).toMatchObject({ code: "not_created", billed: "no", retryable: true });
    expect(toBill(simulator)).toEqual({ creates: 2, predictions: 0, microUsd: 0 });
    expect((await client.stage(keyed)).state).toBe("succeeded");
    expect((await runs()).map(({ state, cost }) => [state, cost?.microUsd])).toEqual([
      ["failed", 0],
      ["succeeded", 30_000],
    ]);
    expect(toBill(simulator)).toEqual({ creates: 3, predictions: 1, microUsd: 30_000 });
  });

  it.each([
    ["the answer is lost", answerLost, once],
    ["the create is lost", createLost, resent],
  ] as const)("does not depend on the clocks of the client and the store, two hours off: %s", async (_, fault, bill) => {
    for (const offMs of [-7_200_000, 7_200_000]) {
      const { simulator, clock, another } = await setTheStage();
      simulator.faults.add(fault);
      const now = () => clock.now() + offMs;
      const client = another({ clock: { ...clock, now }, runStore: memoryRunStore({ clock: () => now() - offMs * 2 }) });
      expect((await client.stage(request)).state).toBe("succeeded");
      expect(toBill(simulator)).toEqual(bill);
    }
  });

  it("does not depend on a clock that is put back meanwhile", async () => {
    const { simulator, clock, another } = await setTheStage();
    let offMs = 0;
    const client = another({ clock: { ...clock, now: () => clock.now() + offMs }, runStore: memoryRunStore() });
    const byAddress = { ...request, image: "https://example.com/room.jpg" };
    await client.stage(byAddress);
    await simulator.clock.advance(2_400_000);
    offMs = -2_400_000;
    simulator.faults.add(answerLost);
    await client.stage(byAddress);
    expect(toBill(simulator)).toEqual({ creates: 2, predictions: 2, microUsd: 60_000 });
  });

  it("is found although its claim took minutes, as long as the lease allows", async () => {
    const stage = await setTheStage();
    const { simulator, runStore } = stage;
    simulator.faults.add(answerLost);
    let hasStalled = false;
    const update: RunStore["update"] = async (id, version, patch) => {
      const run = await runStore.update(id, version, patch);
      if (patch.state === "creating" && !hasStalled) {
        hasStalled = true;
        await simulator.clock.advance(300_000);
      }
      return run;
    };
    await stage.another({ runStore: { ...runStore, update }, leaseMs: 900_000 }).stage(request);
    expect(toBill(simulator)).toEqual(once);
  });
});

describe("while a lost answer is looked for", () => {
  /** A client that does something when the outcome is unknown: before its first listing, which then fails. */
  async function stageAndThen(fault: typeof answerLost | typeof createLost, act: (runId: string) => unknown) {
    const stage = await setTheStage();
    stage.simulator.faults.add(fault);
    stage.simulator.faults.add({ on: "list", kind: "status", status: 500, times: 4 });
    let hasActed = false;
    const acting: typeof fetch = async (...call) => {
      const isListing = call[0] instanceof Request && call[0].url.includes("/predictions?");
      if (isListing && !hasActed) {
        hasActed = true;
        await act((await stage.run()).id);
      }
      return fetch(...call);
    };
    return { ...stage, client: stage.another({ fetch: acting }) };
  }

  it("a person who concludes that there is none ends the run: nothing is sent again", async () => {
    const stage = await stageAndThen(createLost, (runId) => stage.another().conclude(runId, { predictionId: null }));
    const error = await rejection(stage.client.stage({ ...request, idempotencyKey: "order-1" }));
    expect(error).toMatchObject({ code: "run_failed", reasonCode: "not_created" });
    expect((await stage.run()).state).toBe("failed");
    expect(toBill(stage.simulator)).toEqual(unpaid);
  });

  it("a person who tells its prediction ends the looking", async () => {
    const stage = await stageAndThen(answerLost, async (runId) => {
      await stage.another().conclude(runId, { predictionId: stage.simulator.predictions[0]?.id ?? "" });
    });
    expect((await stage.client.stage(request)).state).toBe("succeeded");
    expect((await stage.run()).attempts).toMatchObject([{ foundBy: "person" }]);
    // The one that failed, with its tries.
    expect(countOf(stage.simulator, "list")).toBe(4);
    expect(toBill(stage.simulator)).toEqual(once);
  });

  it("a cancel that is asked for is sent once the prediction is found", async () => {
    const stage = await stageAndThen(answerLost, (runId) => stage.another().cancel(runId));
    expect(await rejection(stage.client.stage(request))).toMatchObject({ code: "prediction_stopped", status: "canceled" });
    expect(await stage.run()).toMatchObject({ state: "canceled", cancelRequested: true, attempts: [{ foundBy: "listing" }] });
    expect(countOf(stage.simulator, "cancel")).toBe(1);
    expect(toBill(stage.simulator)).toMatchObject({ creates: 1, predictions: 1 });
  });

  it("a cancel that is asked for keeps it from being sent again, and leaves its idempotency key free", async () => {
    const keyed = { ...request, idempotencyKey: "order-1" };
    const stage = await stageAndThen(createLost, (runId) => stage.another().cancel(runId));
    expect(await rejection(stage.client.stage(keyed))).toMatchObject({ code: "run_failed", state: "aborted", billed: "no" });
    expect(toBill(stage.simulator)).toEqual(unpaid);
    expect((await stage.another().stage(keyed)).state).toBe("succeeded");
    expect((await stage.runs()).map(({ state }) => state)).toEqual(["aborted", "succeeded"]);
  });

  it("an abort with cancelOnAbort is kept: whoever finds the prediction cancels it", async () => {
    const controller = new AbortController();
    const stage = await stageAndThen(answerLost, () => controller.abort("enough"));
    const { signal } = controller;
    expect(await rejection(stage.client.stage(request, { signal, cancelOnAbort: true }))).toBe("enough");
    expect(await stage.run()).toMatchObject({ state: "unknown", cancelRequested: true });
    await stage.another().resume();
    expect(await stage.run()).toMatchObject({ state: "canceled" });
    expect(toBill(stage.simulator)).toMatchObject({ creates: 1, predictions: 1 });
  });

  it("an abort leaves the run to whoever comes next", async () => {
    const controller = new AbortController();
    const stage = await stageAndThen(answerLost, () => controller.abort("enough"));
    expect(await rejection(stage.client.stage(request, { signal: controller.signal }))).toBe("enough");
    expect(await stage.run()).toMatchObject({ state: "unknown", error: null, leaseExpiresAt: null });
    expect(await stage.another().resume()).toMatchObject([{ run: { state: "succeeded" } }]);
    expect(toBill(stage.simulator)).toEqual(once);
  });

  it("a run store that fails does not hide that the outcome is unknown", async () => {
    const stage = await setTheStage({ onUnknown: "stop" });
    stage.simulator.faults.add(createLost);
    const update: RunStore["update"] = async (id, version, patch) => {
      if (patch.error?.code === "unknown_outcome") throw new Error("the database is away");
      return stage.runStore.update(id, version, patch);
    };
    const client = stage.another({ runStore: { ...stage.runStore, update } });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "unknown_outcome", billed: "unknown" });
    expect(toBill(stage.simulator)).toEqual(unpaid);
  });
});

describe("a run store that fails behind a lost answer", () => {
  it.each([
    ["where the prediction is found", answerLost, "running", { predictionId: expect.any(String) }, "succeeded", once],
    ["where there is none", createLost, "unknown", { predictionId: null }, "failed", unpaid],
  ] as const)("says that it may have cost something: %s", async (_, fault, state, told, end, bill) => {
    const stage = await setTheStage();
    stage.simulator.faults.add(fault);
    const update: RunStore["update"] = async (id, version, patch) => {
      if (patch.state === state) throw new DatabaseUnavailableError("the database is away", { retryable: true });
      return stage.runStore.update(id, version, patch);
    };
    const client = stage.another({ runStore: { ...stage.runStore, update } });
    const { id } = await rejection(client.stage(request)).then(async (error) => {
      expect(error).toMatchObject({ code: "database_unavailable", billed: "unknown", runId: (await stage.run()).id, ...told });
      return stage.run();
    });
    await stage.clock.sleep(200_000);
    await stage.another().resume();
    expect(await stage.run()).toMatchObject({ id, state: end });
    expect(toBill(stage.simulator)).toEqual(bill);
  });
});

describe("a create that is throttled", () => {
  it("is sent again when the time is over, and not before", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 40, times: 2 });
    await client.stage(request);
    const [first, second, third] = simulator.requests.filter(({ target }) => target === "create").map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(40_000);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(40_000);
    expect((await run()).attempts).toMatchObject([{ number: 1, foundBy: "answer" }]);
    expect(toBill(simulator)).toEqual({ ...once, creates: 3 });
  });

  it("holds the creates of all others, and no other calls", async () => {
    const { client, simulator, clock } = await setTheStage();
    const running = await client.start(request);
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 40 });
    expect(await rejection(client.start(request, { timeoutMs: 0 }))).toMatchObject({
      code: "throttled",
      billed: "no",
      retryAfterMs: 40_000,
    });
    const throttledAt = clock.now();
    expect((await client.wait(running.id)).state).toBe("succeeded");
    expect(clock.now() - throttledAt).toBeLessThan(30_000);
    await client.start(request);
    expect(clock.now() - throttledAt).toBeGreaterThanOrEqual(40_000);
    expect(toBill(simulator)).toMatchObject({ creates: 3, predictions: 2 });
  });

  it("is not waited for beyond the caller's time", async () => {
    const { client, simulator, clock } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 2_000 });
    const begun = clock.now();
    const error = await rejection(client.stage(request, { timeoutMs: 60_000 }));
    expect((error as { code: string }).code).toMatch(/^(throttled|wait_timeout)$/);
    expect(clock.now() - begun).toBeLessThanOrEqual(61_000);
    expect(toBill(simulator)).toEqual(unpaid);
  });
});

describe("a create whose connection is refused", () => {
  it("is sent again, a few times", async () => {
    const stage = await setTheStage();
    let refusals = 0;
    const refusing: typeof fetch = async (...call) => {
      const [input] = call;
      if (input instanceof Request && input.method === "POST" && input.url.endsWith("/predictions") && refusals < stillRefused) {
        refusals += 1;
        throw new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED", syscall: "connect" }) });
      }
      return fetch(...call);
    };
    let stillRefused = 3;
    expect((await stage.another({ fetch: refusing }).stage(request)).state).toBe("succeeded");
    expect(toBill(stage.simulator)).toEqual(once);
    [refusals, stillRefused] = [0, Number.POSITIVE_INFINITY];
    const error = await rejection(stage.another({ fetch: refusing }).stage(request));
    expect(error).toMatchObject({ code: "connection", billed: "no", retryable: true });
    expect(refusals).toBe(4);
    expect((await stage.runs()).map(({ state }) => state)).toEqual(["succeeded", "failed"]);
    expect(toBill(stage.simulator)).toEqual(once);
  });
});

describe("an account whose answers tell no time", () => {
  const withoutDate: typeof fetch = async (...call) => {
    const response = await fetch(...call);
    const headers = new Headers(response.headers);
    headers.delete("date");
    return new Response(response.body, { status: response.status, headers });
  };

  it("is paid for as usual", async () => {
    const { client, simulator } = await setTheStage({ fetch: withoutDate });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(toBill(simulator)).toEqual(once);
  });

  it.each([
    ["the answer is lost", answerLost, 1],
    ["the create is lost", createLost, 0],
  ] as const)("proves nothing by its listings: %s", async (_, fault, predictions) => {
    const { client, simulator, run } = await setTheStage({ fetch: withoutDate });
    simulator.faults.add(fault);
    expect(await rejection(client.start(request))).toMatchObject({ code: "unknown_outcome", billed: "unknown" });
    expect(await run()).toMatchObject({ state: "unknown", attempts: [{ closedAt: null }] });
    expect(toBill(simulator)).toMatchObject({ creates: 1, predictions });
  });
});

describe("a create of long ago", () => {
  it("is left to a person when no listing came for 50 minutes", async () => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add(createLost);
    simulator.faults.add({ on: "list", kind: "status", status: 500, ...always });
    const error = await rejection(client.stage(request, { timeoutMs: Number.POSITIVE_INFINITY }));
    expect(error).toMatchObject({ code: "unknown_outcome", billed: "unknown" });
    expect((await run()).state).toBe("unknown");
    expect(toBill(simulator)).toEqual(unpaid);
  });
});

describe("a sender that stands still after its claim", () => {
  it("until its caller's time is over sends nothing, and leaves the idempotency key free", async () => {
    const stage = await setTheStage();
    const { simulator, clock, runStore, runs } = stage;
    const keyed = { ...request, idempotencyKey: "order-1" };
    const update: RunStore["update"] = async (id, version, patch) => {
      const run = await runStore.update(id, version, patch);
      if (patch.state === "creating") await clock.sleep(600_000);
      return run;
    };
    const still = stage.another({ runStore: { ...runStore, update } });
    const error = await rejection(still.stage(keyed, { timeoutMs: 500_000 }));
    expect(error).toMatchObject({ code: "not_created", billed: "no", retryable: true });
    expect(toBill(simulator)).toEqual({ creates: 0, predictions: 0, microUsd: 0 });
    expect((await stage.client.stage(keyed)).state).toBe("succeeded");
    expect((await runs()).map(({ state, cost }) => [state, cost?.microUsd])).toEqual([
      ["failed", 0],
      ["succeeded", 30_000],
    ]);
  });
});

describe("two runs that look alike", () => {
  /** One whose answer is held back, and whose prediction the other takes for its own from a listing. */
  async function setTheRivals() {
    const stage = await setTheStage();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holding: typeof fetch = async (...call) => {
      const response = await fetch(...call);
      if (response.status === 201 && String((call[0] as Request).url).endsWith("/predictions")) await gate;
      return response;
    };
    const answered = stage.another({ fetch: holding, requestTimeoutMs: 30_000 }).start({ ...seedless("a"), group: "answered" });
    while (stage.simulator.predictions.length === 0) await new Promise(setImmediate);
    stage.simulator.faults.add(answerLost);
    return { ...stage, release, answered };
  }

  async function expectOneEach({ simulator, runs }: Awaited<ReturnType<typeof setTheStage>>) {
    const [first, second] = simulator.predictions;
    const held = (await runs()).map(({ group, attempts }) => [group, attempts.map(({ predictionId }) => predictionId)]);
    expect(held).toEqual([
      ["answered", [first?.id]],
      ["lost", [second?.id]],
    ]);
    expect(toBill(simulator)).toMatchObject({ creates: 2, predictions: 2 });
  }

  it("end with one prediction each: a direct answer beats an adoption", async () => {
    const stage = await setTheRivals();
    const lost = await stage.client.start({ ...seedless("a"), group: "lost" });
    expect(lost.attempts[0]).toMatchObject({ predictionId: stage.simulator.predictions[0]?.id, foundBy: "listing" });
    stage.release();
    expect((await stage.answered).state).toBe("running");
    expect(await stage.runStore.get(lost.id)).toMatchObject({ state: "unknown", attempts: [{ predictionId: null, foundBy: null }] });
    expect((await stage.client.wait(lost.id)).state).toBe("succeeded");
    await expectOneEach(stage);
  });

  it("also while the adopter waits", async () => {
    const stage = await setTheRivals();
    const onEvent = ({ type }: { type: string }) => {
      if (type === "attempt.found") stage.release();
    };
    const [lost] = await Promise.all([stage.another({ onEvent }).stage({ ...seedless("a"), group: "lost" }), stage.answered]);
    expect(lost.state).toBe("succeeded");
    await expectOneEach(stage);
  });

  it("also while the adopter brings its images home", async () => {
    const stage = await setTheRivals();
    const late: typeof fetch = async (...call) => {
      if (String(call[0] instanceof Request ? call[0].url : call[0]).includes("/output/")) {
        stage.release();
        await stage.answered;
      }
      return fetch(...call);
    };
    const lost = await stage.another({ fetch: late }).stage({ ...seedless("a"), group: "lost" });
    expect(lost.state).toBe("succeeded");
    await expectOneEach(stage);
  });
});

describe("onUnknown: stop", () => {
  it("leaves to a person what would be sent again", async () => {
    const { client, simulator, run, events } = await setTheStage({ onUnknown: "stop" });
    simulator.faults.add(createLost);
    const error = await rejection(client.stage(request));
    const { id, ...stopped } = await run();
    expect(error).toMatchObject({ code: "unknown_outcome", billed: "unknown", retryable: false, runId: id });
    expect(stopped).toMatchObject({ state: "unknown", finishedAt: null, error: { code: "unknown_outcome" }, cost: null });
    expect(events.at(-1)).toMatchObject({ type: "run.left_unknown", runId: id });
    expect(toBill(simulator)).toEqual(unpaid);
  });

  it("takes what is found", async () => {
    const { client, simulator } = await setTheStage({ onUnknown: "stop" });
    simulator.faults.add(answerLost);
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(toBill(simulator)).toEqual(once);
  });
});

describe("a listing that does not come whole", () => {
  const flaws: readonly (readonly [string, Fault])[] = [
    ["500", { kind: "status", status: 500 }],
    ["reset", { kind: "reset", when: "after_read" }],
    ["cut", { kind: "reset", when: "mid_body" }],
    ["truncated", { kind: "truncate" }],
    ["garbled", { kind: "garble" }],
    ["HTML", { kind: "html", status: 200 }],
    ["a redirect", { kind: "redirect" }],
    ["of another shape", { kind: "shape", body: { results: {} } }],
    ["without a next", { kind: "rewrite", rewrite: (body) => ({ results: (body as { results: unknown }).results }) }],
    ["with an entry that is no prediction", { kind: "rewrite", rewrite: (body) => ({ ...(body as object), results: [{ id: "a/b" }] }) }],
    ["that leads to itself", { kind: "rewrite", rewrite: (body) => ({ ...(body as object), next: "https://example.com/?same=1" }) }],
  ];

  it.each(flaws)("is asked for again: %s", async (_, flaw) => {
    for (const [fault, bill] of [
      [answerLost, once],
      [createLost, resent],
    ] as const) {
      const { client, simulator } = await setTheStage();
      simulator.faults.add(fault);
      simulator.faults.add({ on: "list", ...flaw, times: 9 });
      expect((await client.stage(request)).state).toBe("succeeded");
      expect(toBill(simulator)).toEqual(bill);
    }
  });

  it.each(flaws)("for ever proves nothing: the run stays unknown, and is found once listings come: %s", async (_, flaw) => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add(answerLost);
    const mend = simulator.faults.add({ on: "list", ...flaw, ...always });
    const error = await rejection(client.stage(request, { timeoutMs: 200_000 }));
    const { id, state } = await run();
    expect(error).toMatchObject({ billed: "unknown", runId: id });
    expect(state).toBe("unknown");
    expect(toBill(simulator).creates).toBe(1);
    mend();
    expect(await client.wait(id)).toMatchObject({ state: "succeeded" });
    expect(toBill(simulator)).toEqual(once);
  });

  it.each([401, 402, 403, 404, 422])("but is refused with %i: is told, and never as something that costs nothing", async (status) => {
    const { client, simulator, run } = await setTheStage();
    simulator.faults.add(answerLost);
    const mend = simulator.faults.add({ on: "list", kind: "status", status, ...always });
    const error = await rejection(client.stage(request, { timeoutMs: 200_000 }));
    const { id, state } = await run();
    expect(error).toMatchObject({ billed: "unknown", runId: id });
    expect(state).toBe("unknown");
    mend();
    expect(await client.wait(id)).toMatchObject({ state: "succeeded" });
    expect(toBill(simulator)).toEqual(once);
  });

  it("on its second page is asked for again", async () => {
    for (const [fault, bill] of [
      [answerLost, once],
      [createLost, resent],
    ] as const) {
      const { another, simulator } = await setTheStage();
      simulator.faults.add(fault);
      simulator.faults.add({ on: "list", after: 1, kind: "status", status: 500, times: 4 });
      let isFirst = true;
      const onEvent = ({ type }: { type: string }) => {
        // Newer than ours, so that ours is on the last page.
        if (type === "attempt.unknown" && isFirst) createForeign(simulator, 150);
        if (type === "attempt.unknown") isFirst = false;
      };
      expect((await another({ onEvent }).stage(request)).state).toBe("succeeded");
      expect(toBill(simulator)).toMatchObject({ creates: bill.creates, predictions: 1 });
    }
  });

  it("and of which a known prediction tells so, proves nothing", async () => {
    const { client, simulator, runs } = await setTheStage();
    await client.start(request);
    simulator.faults.add(createLost);
    simulator.faults.add({ on: "list", kind: "shape", body: { next: null, previous: null, results: [] }, ...always });
    expect(await rejection(client.start(request))).toMatchObject({ code: "unknown_outcome", billed: "unknown" });
    expect((await runs()).map(({ state }) => state)).toEqual(["running", "unknown"]);
    expect(toBill(simulator)).toMatchObject({ creates: 2, predictions: 1 });
  });

  it("and that tells other inputs than were sent, proves nothing", async () => {
    const { client, simulator } = await setTheStage();
    await client.start(request);
    simulator.faults.add(answerLost);
    const rewrite = (body: unknown) => {
      const { results, ...page } = body as { results: object[] };
      return { ...page, results: results.map((entry) => ({ ...entry, input: { prompt: "[redacted]" } })) };
    };
    simulator.faults.add({ on: "list", kind: "rewrite", rewrite, ...always });
    expect(await rejection(client.start(request))).toMatchObject({ code: "unknown_outcome" });
    expect(toBill(simulator)).toMatchObject({ creates: 2, predictions: 2 });
  });
});

describe("other programs' predictions", () => {
  it.each([
    ["the answer is lost", answerLost, once],
    ["the create is lost", createLost, resent],
  ] as const)("are never taken, however many, some with the same prompt: %s", async (_, fault, bill) => {
    for (const listedInput of ["verbatim", "files_rewritten"] as const) {
      const { another, simulator, run } = await setTheStage({}, { behaviour: { listedInput } });
      simulator.faults.add(fault);
      let isFirst = true;
      const onEvent = ({ type }: { type: string }) => {
        if (type !== "attempt.unknown" || !isFirst) return;
        isFirst = false;
        const sent = simulator.requests.find(({ target }) => target === "create")?.body as { input: object };
        createForeign(simulator, 240);
        createForeign(simulator, 5, { ...sent.input, seed: 1 });
        createForeign(simulator, 5, { ...sent.input, seed: 2, output_quality: 10 });
      };
      await another({ onEvent }).stage(request);
      const own = simulator.predictions.find(({ by }) => by === "client");
      expect((await run()).attempts.at(-1)?.predictionId).toBe(own?.id);
      expect(toBill(simulator)).toMatchObject({ creates: bill.creates, predictions: 1 });
    }
  });

  it("of another model are not looked at, even where their inputs are not told", async () => {
    const { client, simulator } = await setTheStage({}, { behaviour: unrecognisable });
    createForeign(simulator, 10, {}, "black-forest-labs/flux-kontext-pro");
    simulator.faults.add(createLost);
    expect((await client.start(request)).state).toBe("running");
    expect(toBill(simulator)).toMatchObject({ creates: 2, predictions: 1 });
  });

  it("whose inputs are not told leave a lost create to a person", async () => {
    const { another, simulator, run } = await setTheStage({}, { behaviour: unrecognisable });
    simulator.faults.add(createLost);
    const onEvent = ({ type }: { type: string }) => type === "attempt.unknown" && createForeign(simulator, 1);
    expect(await rejection(another({ onEvent }).stage(request))).toMatchObject({ code: "unknown_outcome" });
    expect((await run()).state).toBe("unknown");
    expect(toBill(simulator)).toMatchObject({ creates: 1, predictions: 0 });
  });
});

describe("inputs that Replicate does not tell", () => {
  it.each([
    ["the answer is lost", answerLost, once],
    ["the create is lost", createLost, resent],
  ] as const)("in listings are asked for one by one: %s", async (_, fault, bill) => {
    const { another, simulator } = await setTheStage({}, { behaviour: { listedInput: "omitted" } });
    simulator.faults.add(fault);
    let isFirst = true;
    const onEvent = ({ type }: { type: string }) => {
      if (type === "attempt.unknown" && isFirst) createForeign(simulator, 3);
      if (type === "attempt.unknown") isFirst = false;
    };
    expect((await another({ onEvent }).stage(request)).state).toBe("succeeded");
    expect(toBill(simulator)).toMatchObject({ creates: bill.creates, predictions: 1 });
  });

  it("anywhere leave the run to a person, who concludes it", async () => {
    const { client, simulator, run, events } = await setTheStage({}, { behaviour: unrecognisable });
    simulator.faults.add(answerLost);
    expect(await rejection(client.stage(request))).toMatchObject({ code: "unknown_outcome", billed: "unknown" });
    expect(events.at(-1)).toMatchObject({ type: "run.left_unknown" });
    const { id } = await run();
    const predictionId = simulator.predictions[0]?.id ?? "";
    expect(await client.conclude(id, { predictionId })).toMatchObject({ state: "running", error: null, attempts: [{ foundBy: "person" }] });
    expect(await client.wait(id)).toMatchObject({ state: "succeeded", cost: { microUsd: 30_000 } });
    expect(toBill(simulator)).toEqual(once);
  });

  it("do not matter where nothing is listed", async () => {
    const { client, simulator } = await setTheStage({}, { behaviour: unrecognisable });
    simulator.faults.add(createLost);
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(toBill(simulator)).toEqual(resent);
  });
});

describe("files whose addresses Replicate rewrites", () => {
  const behaviour = { listedInput: "files_rewritten", echoedInput: "files_rewritten" } as const;

  it("do not matter to a drawn seed", async () => {
    const { client, simulator, clock } = await setTheStage({}, { behaviour });
    simulator.faults.add(answerLost);
    const begun = clock.now();
    await client.start(request);
    expect(clock.now() - begun).toBeLessThan(settleMs);
    expect(toBill(simulator)).toMatchObject({ creates: 1, predictions: 1 });
  });

  it("leave a run without a drawn seed to a person: another may have the same prompt", async () => {
    const { client, simulator, run } = await setTheStage({}, { behaviour });
    simulator.faults.add(answerLost);
    expect(await rejection(client.stage(seedless("a")))).toMatchObject({ code: "unknown_outcome", billed: "unknown" });
    expect((await run()).state).toBe("unknown");
    expect(toBill(simulator)).toMatchObject({ creates: 1, predictions: 1 });
  });

  it("do not matter where nothing is listed", async () => {
    const { client, simulator } = await setTheStage({}, { behaviour });
    simulator.faults.add(createLost);
    expect((await client.stage(seedless("a"))).state).toBe("succeeded");
    expect(toBill(simulator)).toEqual(resent);
  });

  /** For each run with a prediction, its own photo and the one that was staged. */
  async function toPairs({ simulator, runs }: Awaited<ReturnType<typeof setTheStage>>) {
    return (await runs()).flatMap(({ group, attempts }) => {
      const prediction = simulator.predictions.find(({ id }) => id === attempts.at(-1)?.predictionId);
      return prediction ? { own: group, staged: (prediction.input.image_input as string[])[0] } : [];
    });
  }

  async function expectNoSwap(stage: Awaited<ReturnType<typeof setTheStage>>): Promise<void> {
    for (const { own, staged } of await toPairs(stage)) expect(staged).toBe(own);
  }

  it.each([
    ["both answers are lost", [answerLost, answerLost]],
    ["an answer and a create are lost", [answerLost, createLost]],
    ["a create and an answer are lost", [createLost, answerLost]],
    ["both creates are lost", [createLost, createLost]],
  ] as const)("never swap two photos with the same prompt: %s", async (_, faults) => {
    const stage = await setTheStage({}, { behaviour });
    for (const fault of faults) stage.simulator.faults.add(fault);
    await Promise.allSettled([stage.client.stage(seedless("a")), stage.client.stage(seedless("b"))]);
    await expectNoSwap(stage);
    const states = (await stage.runs()).map(({ state }) => state);
    expect(states.every((state) => state === "unknown" || state === "succeeded")).toBe(true);
    // One that is left to a person may have a prediction of its own.
    expect(stage.simulator.predictions.length).toBeLessThanOrEqual(2);
  });

  it("never swap the photo of a lost create for that of one which is answered meanwhile", async () => {
    const stage = await setTheStage({}, { behaviour });
    const { simulator, another } = stage;
    simulator.faults.add(createLost);
    let second: Promise<unknown> | undefined;
    const onEvent = ({ type }: { type: string }) => {
      if (type === "attempt.unknown") second ??= another().start(seedless("b"));
    };
    await another({ onEvent }).stage(seedless("a"));
    await second;
    await expectNoSwap(stage);
    expect(toBill(simulator)).toMatchObject({ creates: 3, predictions: 2 });
  });

  it("never swap the photo of a lost create for one of a process with other books", async () => {
    const stage = await setTheStage({}, { behaviour });
    const { simulator, another } = stage;
    simulator.faults.add(createLost);
    let second: Promise<unknown> | undefined;
    const onEvent = ({ type }: { type: string }) => {
      if (type === "attempt.unknown") second ??= another({ runStore: memoryRunStore() }).start(seedless("b"));
    };
    await another({ onEvent })
      .stage(seedless("a"))
      .catch(() => undefined);
    await second;
    await expectNoSwap(stage);
  });
});
