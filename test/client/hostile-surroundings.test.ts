import { describe, expect, it } from "vitest";
import type { StagingClientOptions } from "../../src/client/staging-client-options.ts";
import { DatabaseUnavailableError } from "../../src/errors/database-unavailable-error.ts";
import { createLimiter } from "../../src/replicate/create-limiter.ts";
import type { RunStore } from "../../src/runs/run-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { countOf, rejection, request, setTheStage } from "./helpers.ts";

const answerLost = { on: "create", kind: "reset", when: "after_accept" } as const;
const always = { times: Number.POSITIVE_INFINITY } as const;
const away = () => new DatabaseUnavailableError("the database is away", { retryable: true });
const keyed = { ...request, idempotencyKey: "order-1" };

interface Page {
  readonly results: readonly { readonly model: string; readonly input: { readonly prompt: string } }[];
}

describe("a lost answer is found, and paid once", () => {
  it("by a fetch that caches what is got", async () => {
    const cache = new Map<string, Response>();
    const caching: typeof fetch = async (input, init) => {
      const { url, method, cache: mode } = input as Request;
      const isCached = method === "GET" && (init?.cache ?? mode) !== "no-store";
      if (!isCached) return fetch(input, init);
      const response = cache.get(url) ?? (await fetch(input, init));
      cache.set(url, response.clone());
      return response;
    };
    const { client, simulator } = await setTheStage({ fetch: caching }, { behaviour: { listingLagMs: 2_000 } });
    simulator.faults.add(answerLost);
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each<[string, (entry: Page["results"][number]) => object]>([
    ["its model goes by another name", (entry) => ({ ...entry, model: entry.model.toUpperCase() })],
    [
      "its prompt was trimmed: it is left to a person",
      (entry) => ({ ...entry, input: { ...entry.input, prompt: ` ${entry.input.prompt}` } }),
    ],
  ])("where %s", async (_, change) => {
    const { client, simulator } = await setTheStage();
    simulator.faults.add(answerLost);
    const rewrite = (body: unknown) => ({ ...(body as Page), results: (body as Page).results.map(change) });
    simulator.faults.add({ on: "list", kind: "rewrite", rewrite, ...always });
    expect((await client.stage(request)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it.each([-50, -8, 8, 50])("where the answers' clock is %i s off the predictions'", async (seconds) => {
    const { another, simulator } = await setTheStage();
    const skewed: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const headers = new Headers(response.headers);
      headers.set("date", new Date(Date.parse(headers.get("date") ?? "") + seconds * 1_000).toUTCString());
      return new Response(await response.arrayBuffer(), { status: response.status, headers });
    };
    simulator.faults.add(answerLost);
    expect((await another({ fetch: skewed }).stage(request)).state).toBe("succeeded");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("where a run store does not know the filter by prediction", async () => {
    const store = memoryRunStore();
    const list: RunStore["list"] = ({ predictionId: _, ...filter } = {}) => store.list(filter);
    const { another, simulator } = await setTheStage({ runStore: { ...store, list } });
    simulator.faults.add(answerLost);
    let second: Promise<unknown> | undefined;
    const onEvent: StagingClientOptions["onEvent"] = ({ type }) => {
      if (type === "attempt.unknown") second ??= another().start({ ...request, group: "later" });
    };
    await another({ onEvent }).start(request);
    await second;
    expect(countOf(simulator, "create")).toBe(2);
  });
});

describe("a token function that is slow", () => {
  it("stands before the claim: what it lets pass is paid once", async () => {
    const stage = await setTheStage();
    const store = memoryRunStore({ clock: stage.clock.now });
    let isCutOff = false;
    let asked = 0;
    let heal = () => {};
    const healed = new Promise<void>((resolve) => {
      heal = resolve;
    });
    const update: RunStore["update"] = async (...given) => {
      if (isCutOff) throw away();
      return store.update(...given);
    };
    const token = async () => {
      // The upload has its own, and so has the first look; the next ones are the create's.
      if (++asked > 2) isCutOff = true;
      if (isCutOff) await healed;
      return stage.simulator.token;
    };
    const cutOff = stage.another({ runStore: { ...store, update }, token, requestTimeoutMs: 30_000 });
    const first = rejection(cutOff.stage(keyed));
    while (!isCutOff) await new Promise(setImmediate);
    await stage.clock.sleep(200_000);
    expect((await stage.another({ runStore: store }).stage(keyed)).state).toBe("succeeded");
    isCutOff = false;
    heal();
    await first;
    expect(countOf(stage.simulator, "create")).toBe(1);
  });

  it("is not waited for after an abort", async () => {
    const { another } = await setTheStage();
    const controller = new AbortController();
    const token = () => {
      controller.abort("enough");
      return new Promise<string>(() => {});
    };
    const client = another({ token });
    expect(await rejection(client.stage(request, { signal: controller.signal }))).toBe("enough");
    await client.close();
  });
});

describe("an error after something was paid never says that nothing was", () => {
  it("start() gives the run although its lease could not be let go", async () => {
    const store = memoryRunStore();
    const update: RunStore["update"] = async (id, version, patch) => {
      if (patch.leaseMs === null) throw away();
      return store.update(id, version, patch);
    };
    const { client, simulator } = await setTheStage({ runStore: { ...store, update } });
    expect((await client.start(request)).state).toBe("running");
    expect(countOf(simulator, "create")).toBe(1);
  });

  it("joined while the answer is out: where the store fails, and where the client is closed", async () => {
    const stage = await setTheStage();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const holding: typeof fetch = async (...call) => {
      const response = await fetch(...call);
      if (response.status === 201 && (call[0] as Request).url.endsWith("/predictions")) await answered;
      return response;
    };
    const first = stage.another({ fetch: holding, requestTimeoutMs: 30_000 }).stage(keyed);
    while (stage.simulator.predictions.length === 0) await new Promise(setImmediate);
    const { id: runId } = await stage.run();
    const claim: RunStore["claim"] = async () => {
      throw away();
    };
    const failing = stage.another({ runStore: { ...stage.runStore, claim } });
    expect(await rejection(failing.stage(keyed))).toMatchObject({ code: "database_unavailable", billed: "unknown", runId });
    const closing = stage.another({
      runStore: {
        ...stage.runStore,
        claim: async (options) => {
          void closing.close();
          return stage.runStore.claim(options);
        },
      },
    });
    expect(await rejection(closing.stage(keyed))).toMatchObject({ code: "client_closed", billed: "unknown", runId });
    answer();
    expect((await first).state).toBe("succeeded");
    expect(countOf(stage.simulator, "create")).toBe(1);
  });
});

describe("limits that hold all calls for an hour", () => {
  const hour = { kind: "other", retryAfterMs: 3_600_000, hasLowCredit: false } as const;

  it.each(["run.created", "attempt.unknown", "run.finished"])(
    "do not hold a caller for longer than it waits: from %s on",
    async (moment) => {
      const { another, simulator, clock } = await setTheStage();
      const limiter = createLimiter({ clock });
      const onEvent: StagingClientOptions["onEvent"] = ({ type }) => {
        if (type === moment) void limiter.throttled(hour);
      };
      if (moment === "attempt.unknown") simulator.faults.add(answerLost);
      const client = another({ limiter, onEvent });
      const begun = clock.now();
      const staged = await client.stage(request, { timeoutMs: 60_000 }).catch((error) => error);
      expect(staged.state ?? staged.code).toBe({ "run.created": "throttled", "attempt.unknown": "wait_timeout" }[moment] ?? "succeeded");
      expect(clock.now() - begun).toBeLessThanOrEqual(65_000);
      await client.close();
    },
  );
});

describe("a limiter of a service's own", () => {
  it("whose throttled() gives nothing costs no attempt", async () => {
    const { another, simulator, events } = await setTheStage();
    simulator.faults.add({ on: "create", kind: "throttle", retryAfterSeconds: 2 });
    const limiter = { acquire: async () => undefined, throttled: () => undefined } as never;
    expect((await another({ limiter }).stage(request)).state).toBe("succeeded");
    expect(events.map(({ type }) => type).filter((type) => /throttled|unknown/.test(type))).toEqual(["attempt.throttled"]);
  });
});
