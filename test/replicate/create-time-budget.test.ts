import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTimeBudget } from "../../src/replicate/create-time-budget.ts";
import { rejection } from "./helpers.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => vi.useRealTimers());

const after = (milliseconds: number) => () => new Promise<string>((resolve) => setTimeout(() => resolve("done"), milliseconds));
const never = () => new Promise<never>(() => undefined);
const timeout = { name: "TimeoutError" };

it("is shared by works; what passes between them does not count", async () => {
  const budget = createTimeBudget(1_000, undefined);
  for (const milliseconds of [300, 300, 300]) {
    const spent = budget.spend(after(milliseconds));
    await vi.advanceTimersByTimeAsync(milliseconds);
    expect(await spent).toBe("done");
    await vi.advanceTimersByTimeAsync(5_000);
  }
  const last = rejection(budget.spend(never));
  await vi.advanceTimersByTimeAsync(99);
  expect(budget.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await last).toMatchObject(timeout);
  expect(budget.signal.aborted).toBe(true);
  expect(await rejection(budget.spend(after(0)))).toMatchObject(timeout);
  expect(vi.getTimerCount()).toBe(0);
});

it("has one timer, however many works", async () => {
  const budget = createTimeBudget(1_000, undefined);
  for (let works = 0; works < 100; works++) await budget.spend(async () => works);
  expect(vi.getTimerCount()).toBe(1);
  budget.close();
  expect(vi.getTimerCount()).toBe(0);
});

it("ends with the outer signal's own reason, and lets go of it", async () => {
  const outer = new AbortController();
  const [first, second] = [createTimeBudget(1_000, outer.signal), createTimeBudget(1_000, outer.signal)];
  second.close();
  expect(getEventListeners(outer.signal, "abort")).toHaveLength(1);
  const spent = rejection(first.spend(never));
  outer.abort("the user left");
  expect(await spent).toBe("the user left");
  expect(await rejection(createTimeBudget(1_000, outer.signal).spend(after(0)))).toBe("the user left");
  expect(getEventListeners(outer.signal, "abort")).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});

it("gives a work's own error, and goes on after it", async () => {
  const budget = createTimeBudget(1_000, undefined);
  expect(await rejection(budget.spend(() => Promise.reject(new Error("cut"))))).toMatchObject({ message: "cut" });
  expect(await budget.spend(async () => 1)).toBe(1);
  budget.close();
});
