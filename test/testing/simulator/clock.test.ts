import { describe, expect, it, onTestFinished } from "vitest";
import { createSimulatorClock } from "../../../src/testing/simulator/simulator-clock.ts";
import { ask, startManual } from "./helpers.ts";

function startClock(mode: "running" | "manual", startAt = 1_000_000) {
  const clock = createSimulatorClock(mode, startAt);
  onTestFinished(() => clock.stop());
  return clock;
}

describe("the manual clock", () => {
  it("does what falls due in order, at its time, with what that brings up", async () => {
    const clock = startClock("manual", 0);
    const done: [string, number][] = [];
    const note = (name: string) => () => done.push([name, clock.now()]);
    clock.at(30, note("third"));
    clock.at(10, () => {
      note("first")();
      clock.at(clock.now() + 10.5, note("second"));
    });
    clock.at(10, note("beside"));
    clock.at(20, note("taken back"))();
    clock.at(41, note("later"));
    await clock.advance(40);
    expect(done).toEqual([
      ["first", 10],
      ["beside", 10],
      ["second", 21],
      ["third", 30],
    ]);
    expect(clock.now()).toBe(40);
  });

  it("waits for what it sets off, one advance after the other", async () => {
    const clock = startClock("manual", 0);
    let finishedAt = 0;
    clock.at(5, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      finishedAt = clock.now();
    });
    await Promise.all([clock.advance(10), clock.advance(10)]);
    expect(finishedAt).toBe(5);
    expect(clock.now()).toBe(20);
  });
});

describe("the running clock", () => {
  it("runs by itself from where it starts, and leaps", async () => {
    const clock = startClock("running");
    await new Promise<void>((resolve) => clock.at(1_000_005, resolve));
    expect(clock.now()).toBeGreaterThanOrEqual(1_000_005);
    let isDone = false;
    clock.at(4_000_000, () => {
      isDone = true;
    });
    clock.at(Number.POSITIVE_INFINITY, () => undefined);
    await clock.advance(3_600_000);
    expect(isDone).toBe(true);
    expect(clock.now()).toBeGreaterThanOrEqual(4_600_000);
  });
});

describe("records", () => {
  it("may be limited to the latest requests", async () => {
    const simulator = await startManual({ maximumRecordedRequests: 2 });
    for (const path of ["/account", "/files", "/predictions?cursor"]) await ask(simulator, path);
    expect(simulator.requests.map(({ path }) => path)).toEqual(["/v1/files", "/v1/predictions?cursor"]);
  });

  it("repeat for the same seed", async () => {
    const [first, second, other] = [await startManual({ seed: 3 }), await startManual({ seed: 3 }), await startManual({ seed: 4 })];
    const ids = [first, second, other].map((simulator) => simulator.createElsewhere({ modelId: "qwen/qwen-image-edit", input: {} }));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(first).toMatchObject({ token: second.token, webhookSecret: second.webhookSecret, seed: 3 });
  });
});
