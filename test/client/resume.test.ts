import { describe, expect, it, onTestFinished } from "vitest";
import { StagingClient } from "../../src/client/staging-client.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import type { SinkImage } from "../../src/runs/sink.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import type { ReplicateSimulatorOptions } from "../../src/testing/index.ts";
import { unrecognisable } from "./failures.ts";
import { countOf, rejection, request, type Stage, setTheStage } from "./helpers.ts";

const keyed = { ...request, idempotencyKey: "order-1" };
const leaseMs = 60_000;
const never = new Promise<never>(() => undefined);

/**
 * A client whose process ends at a step: from then on none of its calls comes back, and none is done. Steps are told as `before` and
 * `after` with a call: `create`, `update <state>`, `POST files`, `POST predictions`, `GET predictions`, `GET output`.
 */
function toMortal(stage: Stage, last: string, nth = 1): { readonly client: StagingClient; readonly dead: Promise<void> } {
  let isDead = false;
  let seen = 0;
  let tellDead = () => {};
  const dead = new Promise<void>((resolve) => {
    tellDead = resolve;
  });
  async function pass(step: string): Promise<void> {
    if (step === last && ++seen === nth) {
      isDead = true;
      tellDead();
    }
    if (isDead) await never;
  }
  async function call<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    await pass(`before ${name}`);
    try {
      return await work();
    } finally {
      await pass(`after ${name}`);
    }
  }
  const { runStore } = stage;
  const store: RunStore = {
    ...runStore,
    create: (run) => call("create", () => runStore.create(run)),
    get: (id) => call("get", () => runStore.get(id)),
    update: (id, version, patch) =>
      call(`update ${patch.state ?? Object.keys(patch).join(" ")}`, () => runStore.update(id, version, patch)),
    claim: (options) => call("claim", () => runStore.claim(options)),
    list: (filter) => call("list", () => runStore.list(filter)),
  };
  const mortalFetch: typeof fetch = (input, init) => {
    const { method, url } = input instanceof Request ? input : { method: "GET", url: String(input) };
    const { pathname } = new URL(url);
    const kind = ["output", "files", "predictions"].find((part) => pathname.includes(`/${part}`)) ?? pathname;
    return call(`${method} ${kind}`, () => fetch(input, init));
  };
  return { client: stage.another({ runStore: store, fetch: mortalFetch, requestTimeoutMs: 20_000, leaseMs }), dead };
}

/** A staging whose process ended at a step. */
async function crash(
  last: string,
  options: { readonly nth?: number; readonly fault?: "answer" | "create" } & ReplicateSimulatorOptions = {},
) {
  const { nth, fault, ...replicate } = options;
  const stage = await setTheStage({}, replicate);
  const when = fault === "answer" ? "after_accept" : "after_read";
  if (fault !== undefined) stage.simulator.faults.add({ on: "create", kind: "reset", when });
  const { client, dead } = toMortal(stage, last, nth);
  void client.stage(keyed).catch(() => undefined);
  await dead;
  // What was under way in its sockets comes to an end.
  await new Promise((resolve) => setImmediate(resolve));
  return stage;
}

/** The last attempt's outcome in short, and the bill. */
async function toSum({ simulator, run }: Stage) {
  const { state, attempts, error } = await run();
  const { predictionId = null, foundBy = null } = attempts.at(-1) ?? {};
  return {
    state,
    error: error?.code ?? null,
    hasPrediction: predictionId !== null && predictionId === simulator.predictions[0]?.id,
    foundBy,
    creates: countOf(simulator, "create"),
    predictions: simulator.predictions.length,
  };
}

const aborted = { state: "aborted", error: null, hasPrediction: false, foundBy: null, creates: 0, predictions: 0 };
const notCreated = { state: "failed", error: "not_created", hasPrediction: false, foundBy: null, creates: 0, predictions: 0 };
const found = { state: "succeeded", error: null, hasPrediction: true, foundBy: "listing", creates: 1, predictions: 1 };
const went = { ...found, foundBy: "answer" };

const crashes: readonly (readonly [string, Parameters<typeof crash>[1], object])[] = [
  ["after create", {}, aborted],
  ["before POST files", {}, aborted],
  ["after POST files", {}, aborted],
  ["after update uploadedFileId", {}, aborted],
  ["before update creating", {}, aborted],
  ["after update creating", {}, notCreated],
  ["before POST predictions", {}, notCreated],
  ["after POST predictions", {}, found],
  ["after POST predictions", { fault: "create" }, { ...notCreated, creates: 1 }],
  ["after POST predictions", { fault: "answer" }, found],
  ["before update unknown", { fault: "answer" }, found],
  ["after update unknown", { fault: "answer" }, found],
  ["after update unknown", { fault: "create" }, { ...notCreated, creates: 1 }],
  ["after GET predictions", { fault: "answer" }, found],
  ["after GET predictions", { fault: "create", nth: 2 }, { ...notCreated, creates: 1 }],
  ["after update unknown", { fault: "create", nth: 2 }, { ...notCreated, creates: 1 }],
  ["after update creating", { fault: "create", nth: 2 }, { ...notCreated, creates: 1 }],
  ["after POST predictions", { fault: "create", nth: 2 }, { ...found, creates: 2 }],
  ["before update running", {}, found],
  ["after update running", {}, went],
  ["before GET predictions", {}, went],
  ["after GET predictions", { nth: 2 }, went],
  ["before GET output", {}, went],
  ["after GET output", {}, went],
  ["before update succeeded", {}, went],
];

describe("resume after a process that ended", () => {
  it.each(crashes)("%s %j", async (last, options, sum) => {
    const stage = await crash(last, options);
    const { another, simulator, events, runs } = stage;
    expect(await another().resume()).toEqual([]);
    await simulator.clock.advance(leaseMs + 1_000);
    const [resumed, ...more] = await another().resume();
    expect(more).toEqual([]);
    expect(await toSum(stage)).toEqual(sum);
    const run = await stage.run();
    expect(resumed?.runId).toBe(run.id);
    if (run.state === "succeeded") expect(resumed?.run).toMatchObject({ state: "succeeded", cost: { microUsd: 30_000 }, images: [{}] });
    else expect(resumed?.error).toMatchObject({ code: "run_failed", billed: "no", runId: run.id });
    expect(run).toMatchObject({ leaseExpiresAt: null, finishedAt: expect.any(String), cost: { microUsd: simulator.ledger.microUsd } });
    expect(events.filter(({ type }) => type === "run.resumed")).toHaveLength(1);
    // Whatever became of it, the key gives images, for one payment.
    const again = await another().stage(keyed);
    expect(again.images).toHaveLength(1);
    expect(simulator.ledger).toMatchObject({ outputs: 1, microUsd: 30_000 });
    expect((await runs()).at(-1)?.id).toBe(again.id);
    expect(await another().resume()).toEqual([]);
  });

  it.each(crashes)("is not needed by a request with the same key: %s %j", async (last, options) => {
    const { another, simulator, runs } = await crash(last, options);
    await simulator.clock.advance(leaseMs + 1_000);
    const staged = await another().stage(keyed);
    expect(staged).toMatchObject({ state: "succeeded", images: [{}] });
    expect((await runs()).filter(({ state }) => state === "succeeded").map(({ id }) => id)).toEqual([staged.id]);
    expect(simulator.predictions).toHaveLength(1);
    expect(simulator.ledger).toMatchObject({ outputs: 1, microUsd: 30_000 });
    expect(countOf(simulator, "create")).toBeLessThanOrEqual(3);
  });

  it("deletes the photo of a run that was never sent", async () => {
    const { another, simulator } = await crash("after update uploadedFileId");
    await simulator.clock.advance(leaseMs + 1_000);
    await another().resume();
    expect(simulator.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("sends a cancel that was asked for once the prediction is found", async () => {
    const { another, simulator, run } = await crash("after POST predictions");
    expect(await another().cancel((await run()).id)).toMatchObject({ state: "creating", cancelRequested: true });
    await simulator.clock.advance(leaseMs + 1_000);
    await another().resume();
    expect((await run()).attempts).toMatchObject([{ predictionId: simulator.predictions[0]?.id, foundBy: "listing" }]);
    expect(countOf(simulator, "cancel")).toBe(1);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("aborts what was canceled and never created, and leaves its idempotency key free", async () => {
    const { another, simulator, run, runs } = await crash("before POST predictions");
    await another().cancel((await run()).id);
    await simulator.clock.advance(leaseMs + 1_000);
    expect(await another().resume()).toMatchObject([{ error: { code: "run_failed", state: "aborted", billed: "no" } }]);
    expect((await another().stage(keyed)).state).toBe("succeeded");
    expect((await runs()).map(({ state }) => state)).toEqual(["aborted", "succeeded"]);
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("50 minutes later finds what is there, and leaves to a person what is not", async () => {
    for (const [last, state, creates] of [
      ["after POST predictions", "succeeded", 1],
      ["before POST predictions", "unknown", 0],
    ] as const) {
      const { another, simulator, run } = await crash(last);
      await simulator.clock.advance(51 * 60_000);
      await another().resume();
      expect((await run()).state).toBe(state);
      expect(countOf(simulator, "create")).toBe(creates);
    }
  });

  it("leaves to a person what cannot be recognised", async () => {
    const { another, simulator, run } = await crash("after POST predictions", { behaviour: unrecognisable });
    await simulator.clock.advance(leaseMs + 1_000);
    expect(await another().resume()).toMatchObject([{ error: { code: "unknown_outcome", billed: "unknown" } }]);
    expect((await run()).state).toBe("unknown");
    // From then on it is nobody's to claim.
    await simulator.clock.advance(7 * 86_400_000);
    expect(await another().resume()).toEqual([]);
    expect(await rejection(another().stage(keyed))).toMatchObject({ code: "run_not_waitable" });
    expect(countOf(simulator, "create")).toBe(1);
  });
});

describe("resume", () => {
  /** Runs that were started and that nobody holds. */
  async function startSome(count: number): Promise<Stage & { readonly ids: readonly string[] }> {
    const stage = await setTheStage();
    const started: RunRecord[] = [];
    for (let index = 0; index < count; index += 1) started.push(await stage.client.start(request));
    return { ...stage, ids: started.map(({ id }) => id) };
  }

  it("that gives up what another call waits for lets that call stage anew, unless it was canceled", async () => {
    for (const isCanceled of [false, true]) {
      const stage = await crash("after create");
      const { clock, runStore, another, runs, simulator } = stage;
      const [left] = await runs();
      const claim: RunStore["claim"] = async (options) => {
        if (isCanceled) await another().cancel(left?.id ?? "");
        await clock.sleep(leaseMs);
        await another().resume();
        return runStore.claim(options);
      };
      const joining = another({ runStore: { ...runStore, claim } });
      if (isCanceled) expect(await rejection(joining.stage(keyed))).toMatchObject({ code: "run_failed", state: "aborted", billed: "no" });
      else expect((await joining.stage(keyed)).state).toBe("succeeded");
      expect((await runs()).map(({ state }) => state)).toEqual(isCanceled ? ["aborted"] : ["aborted", "succeeded"]);
      expect(countOf(simulator, "create")).toBe(isCanceled ? 0 : 1);
    }
  });

  it("takes up what start() left, in two clients at once: each run once", async () => {
    const { another, simulator, ids, runs, events } = await startSome(9);
    const resumed = (await Promise.all([another().resume({ limit: 5 }), another().resume({ limit: 5 }), another().resume()])).flat();
    expect(resumed.map(({ runId }) => runId).sort()).toEqual([...ids].sort());
    expect(resumed.every(({ run }) => run?.images.length === 1)).toBe(true);
    expect((await runs()).every(({ state }) => state === "succeeded")).toBe(true);
    expect(events.filter(({ type }) => type === "run.resumed")).toHaveLength(9);
    expect(countOf(simulator, "create")).toBe(9);
    expect(simulator.requests.filter(({ target }) => target === "output")).toHaveLength(9);
  });

  it("takes the oldest first, and no more than asked for", async () => {
    const { client, ids } = await startSome(5);
    const ordered = (resumed: readonly { readonly runId: string }[]) => resumed.map(({ runId }) => runId).sort();
    expect(ordered(await client.resume({ limit: 2 }))).toEqual(ids.slice(0, 2).sort());
    expect(ordered(await client.resume({ limit: 2, concurrency: 1 }))).toEqual(ids.slice(2, 4).sort());
    expect(ordered(await client.resume())).toEqual(ids.slice(4));
    expect(await client.resume()).toEqual([]);
  });

  it("brings no more home at once than asked for", async () => {
    const { another, simulator } = await startSome(6);
    let [open, most] = [0, 0];
    let meet = () => {};
    const two = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const sink = async ({ runId, body }: SinkImage) => {
      most = Math.max(most, ++open);
      if (open === 2) meet();
      await two;
      // Time for others to come, if they are let.
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
      await new Response(body).arrayBuffer();
      open--;
      return { location: runId };
    };
    await another({ sink }).resume({ concurrency: 2 });
    expect(most).toBe(2);
    expect(simulator.ledger.outputs).toBe(6);
  });

  it("skips what a living client works on, however long that takes", async () => {
    const stage = await setTheStage();
    const runStore = memoryRunStore();
    let resumed: Promise<readonly unknown[]> | undefined;
    const onProgress = () => {
      resumed ??= stage.another({ runStore }).resume();
    };
    expect((await stage.another({ runStore }).stage(request, { onProgress })).state).toBe("succeeded");
    expect(await resumed).toEqual([]);
    expect(countOf(stage.simulator, "create")).toBe(1);
  });

  it("brings the others home where one does not succeed", async () => {
    const { another, simulator, ids } = await startSome(3);
    simulator.faults.add({ on: "get", kind: "status", status: 404 });
    const resumed = await another().resume({ concurrency: 1 });
    expect(resumed.map(({ runId }) => runId)).toEqual(ids);
    expect(resumed.map(({ run, error }) => run?.state ?? (error as { code: string }).code)).toEqual([
      "replicate_answer",
      "succeeded",
      "succeeded",
    ]);
    expect(await another().resume()).toMatchObject([{ runId: ids[0], run: { state: "succeeded" } }]);
  });

  it("that is aborted leaves everything to the next one, at once", async () => {
    const { another, simulator, ids, runs } = await startSome(4);
    const controller = new AbortController();
    const onProgress = () => controller.abort("enough");
    const outcome = await another()
      .resume({ concurrency: 2, signal: controller.signal, onProgress })
      .catch((error) => error);
    if (outcome !== "enough") expect(outcome.every(({ error }: { error: unknown }) => error === "enough")).toBe(true);
    expect((await runs()).map(({ state, leaseExpiresAt }) => [state, leaseExpiresAt])).toEqual(ids.map(() => ["running", null]));
    expect((await another().resume()).map(({ run }) => run?.state)).toEqual(ids.map(() => "succeeded"));
    expect(countOf(simulator, "create")).toBe(4);
  });

  it("ends with the caller's time, and leaves everything to the next one", async () => {
    const { another, simulator, ids } = await startSome(2);
    const resumed = await another().resume({ timeoutMs: 1_000 });
    expect(resumed.map(({ error }) => (error as { code: string }).code)).toEqual(["wait_timeout", "wait_timeout"]);
    expect((await another().resume()).map(({ runId }) => runId).sort()).toEqual([...ids].sort());
    expect(simulator.ledger.outputs).toBe(2);
  });

  it.each([{ limit: 0 }, { limit: 1.5 }, { limit: -1 }, { concurrency: 0 }, { concurrency: Number.NaN }, { limit: "5" }])(
    "refuses %j, and claims nothing",
    async (options) => {
      const { client, run } = await startSome(1);
      const error = await rejection(client.resume(options as never));
      expect(error).toMatchObject({ code: "invalid_request", problems: [{ field: Object.keys(options)[0] }] });
      expect((await run()).leaseExpiresAt).toBeNull();
    },
  );

  it("finds nothing where nothing is left", async () => {
    const { client, simulator } = await setTheStage();
    await client.stage(request);
    const before = simulator.requests.length;
    expect(await client.resume()).toEqual([]);
    expect(simulator.requests.length).toBe(before);
  });

  it("needs a run store that works", async () => {
    const away = new Error("the database is away");
    const client = new StagingClient({ token: "r8_any", runStore: { ...memoryRunStore(), claim: () => Promise.reject(away) } });
    expect(await rejection(client.resume())).toBe(away);
  });

  it("takes up many at once without a warning of leaking listeners", async () => {
    const { client, another, simulator } = await setTheStage({ limiter: false });
    const warnings: string[] = [];
    const listen = ({ name }: Error) => warnings.push(name);
    process.on("warning", listen);
    onTestFinished(() => {
      process.off("warning", listen);
    });
    for (let count = 0; count < 15; count += 1) await client.start(request);
    const resumed = await another().resume({ concurrency: 15, signal: new AbortController().signal });
    expect(resumed.map(({ run }) => run?.state)).toEqual(Array(15).fill("succeeded"));
    expect(countOf(simulator, "create")).toBe(15);
    expect(warnings).toEqual([]);
  });
});
