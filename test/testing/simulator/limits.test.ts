import { describe, expect, it } from "vitest";
import type { ReplicateSimulator } from "../../../src/testing/index.ts";
import { ask, create, startManual } from "./helpers.ts";

async function createUntilThrottled(simulator: ReplicateSimulator, most = 1_000) {
  for (let count = 0; count < most; count += 1) {
    const answer = await create(simulator, { prompt: "x" });
    if (answer.status !== 201) return { count, answer };
  }
  throw new Error(`never throttled in ${most} creates`);
}

describe("rate limits", () => {
  it("let a burst of creates through, then ten a second", async () => {
    const simulator = await startManual();
    const first = await createUntilThrottled(simulator);
    expect(first.count).toBe(60);
    expect(first.answer).toMatchObject({
      status: 429,
      body: { status: 429, retry_after: 1, detail: expect.stringContaining("resets in ~1s") },
    });
    expect(first.answer.headers.has("retry-after")).toBe(false);
    await simulator.clock.advance(1_000);
    expect((await createUntilThrottled(simulator)).count).toBe(10);
  });

  it.each([
    ["fixed_window", 600],
    ["sliding_window", 600],
  ] as const)("count by a %s", async (algorithm, count) => {
    const simulator = await startManual({ rateLimits: { algorithm }, startAt: Date.UTC(2026, 10, 20) });
    const first = await createUntilThrottled(simulator);
    expect(first).toMatchObject({ count, answer: { body: { retry_after: 60 } } });
    await simulator.clock.advance(59_999);
    expect((await createUntilThrottled(simulator)).count).toBe(0);
    await simulator.clock.advance(1);
    expect((await create(simulator)).status).toBe(201);
  });

  it("hold for all other calls too, apart from creates and downloads", async () => {
    const simulator = await startManual({ rateLimits: { othersPerMinute: 10 } });
    expect((await ask(simulator, "/account")).status).toBe(200);
    expect((await ask(simulator, "/account")).status).toBe(429);
    expect((await create(simulator)).status).toBe(201);
    expect((await fetch(new URL("/output/none/0.png", simulator.url))).status).toBe(404);
  });

  it("may be switched off", async () => {
    const simulator = await startManual({ rateLimits: false });
    for (let count = 0; count < 100; count += 1) expect((await create(simulator, { prompt: "x" })).status).toBe(201);
  });

  it("tell the time in the header when told so, and scaled", async () => {
    const options = { rateLimits: { createsPerMinute: 10 }, behaviour: { throttleTells: ["header"] } } as const;
    const simulator = await startManual(options);
    await create(simulator);
    const { headers, body } = await create(simulator);
    expect(headers.get("retry-after")).toBe("6");
    expect(body).toEqual({ status: 429, detail: "Request was throttled." });
    const scaled = await startManual({ ...options, timeScale: 0.01 });
    await create(scaled);
    expect((await create(scaled)).headers.get("retry-after")).toBe("0.06");
  });
});

describe("credit", () => {
  it("under 5 USD lets one create through every ten seconds", async () => {
    const simulator = await startManual({ creditMicroUsd: 4_999_999 });
    expect((await create(simulator)).status).toBe(201);
    const { status, body } = await create(simulator);
    expect({ status, body }).toMatchObject({ status: 429, body: { retry_after: 10 } });
    expect(body.detail).toContain("less than $5.0 in credit");
    await simulator.clock.advance(10_000);
    expect((await create(simulator)).status).toBe(201);
  });

  it("that is used up refuses creates with 402, until more is bought", async () => {
    const simulator = await startManual({ creditMicroUsd: 5_000_000 + 40_000 });
    await create(simulator);
    await simulator.clock.advance(60_000);
    expect(simulator.remainingMicroUsd).toBe(5_000_000);
    simulator.addCredit(-5_000_000);
    expect(await create(simulator)).toMatchObject({ status: 402, body: { title: "Insufficient credit", status: 402 } });
    expect(simulator.predictions).toHaveLength(1);
    simulator.addCredit(50_000_000);
    expect((await create(simulator)).status).toBe(201);
  });
});

describe("the ledger", () => {
  it("bills what succeeded and what was canceled while running", async () => {
    const simulator = await startManual();
    for (const outcome of [{}, { error: "E005" }, { status: "canceled" }, { status: "aborted" }, { neverStarts: true }] as const) {
      simulator.outcomes.add(outcome);
      await create(simulator);
    }
    expect(simulator.ledger).toMatchObject({ outputs: 0, microUsd: 0 });
    await simulator.clock.advance(60_000);
    expect(simulator.ledger.entries.map(({ status, microUsd }) => [status, microUsd])).toEqual([
      ["succeeded", 40_000],
      ["failed", 0],
      ["canceled", 40_000],
      ["aborted", 0],
      ["starting", 0],
    ]);
    expect(simulator.ledger).toMatchObject({ outputs: 2, microUsd: 80_000 });
  });

  it("may bill failures", async () => {
    const simulator = await startManual({ behaviour: { chargesFailed: true } });
    simulator.outcomes.add({ status: "failed" });
    await create(simulator);
    await simulator.clock.advance(60_000);
    expect(simulator.ledger.microUsd).toBe(40_000);
  });
});
