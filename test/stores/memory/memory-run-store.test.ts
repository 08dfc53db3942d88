import { describe, expect, it } from "vitest";
import { InvalidRequestError } from "../../../src/errors/invalid-request-error.ts";
import { memoryRunStore } from "../../../src/stores/memory/memory-run-store.ts";
import { runStoreSuite, sampleAttempt, sampleRun } from "../../../src/testing/run-store-suite.ts";

const start = Date.UTC(2026, 3, 1, 9);
const unsupported: { readonly advance?: string } = {};

function createClock(): { readonly clock: () => number; readonly advance: (milliseconds: number) => void } {
  let now = start;
  return {
    clock: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

describe("memoryRunStore keeps the suite", () => {
  for (const { name, requires, run } of runStoreSuite) {
    it(name, async ({ skip }) => {
      const reason = requires === undefined ? undefined : unsupported[requires];
      if (reason !== undefined) skip(reason);
      const { clock, advance } = createClock();
      await run({ createStore: () => memoryRunStore({ clock }), advance });
    });
  }
});

it("has cases whose names tell them apart", () => {
  const names = runStoreSuite.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it("dates by its clock, and holds a lease to the millisecond", async () => {
  const { clock, advance } = createClock();
  const store = memoryRunStore({ clock });
  const { run } = await store.create(sampleRun({ state: "running" }));
  expect([run.createdAt, run.updatedAt]).toEqual(["2026-04-01T09:00:00.000Z", "2026-04-01T09:00:00.000Z"]);
  advance(5);
  const options = { states: ["running"], leaseMs: 1_000, limit: 1 } as const;
  const [claimed] = await store.claim(options);
  expect(claimed).toMatchObject({ updatedAt: "2026-04-01T09:00:00.005Z", leaseExpiresAt: "2026-04-01T09:00:01.005Z" });
  advance(999);
  expect(await store.claim(options)).toEqual([]);
  advance(1);
  expect(await store.claim(options)).toHaveLength(1);
});

it("lives by real time unless told otherwise", async () => {
  const before = Date.now();
  const { run } = await memoryRunStore().create(sampleRun());
  expect(Date.parse(run.createdAt)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(run.createdAt)).toBeLessThanOrEqual(Date.now());
});

it("keeps the order of creation when its clock is set back", async () => {
  const { clock, advance } = createClock();
  const store = memoryRunStore({ clock });
  const ids: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    ids.push((await store.create(sampleRun({ state: "running" }))).run.id);
    advance(-60_000);
  }
  expect((await store.claim({ states: ["running"], leaseMs: 1, limit: 3 })).map(({ id }) => id)).toEqual(ids);
  expect((await store.list()).runs.map(({ id }) => id)).toEqual(ids.reverse());
});

it("shares nothing with another store", async () => {
  const [one, other] = [memoryRunStore(), memoryRunStore()];
  const run = sampleRun({ idempotencyKey: "key", attempts: [sampleAttempt({ predictionId: "p1" })] });
  expect((await one.create(run)).isNew).toBe(true);
  expect((await other.create(run)).isNew).toBe(true);
});

it("refuses the cursor of a store that holds more", async () => {
  const store = memoryRunStore();
  await store.create(sampleRun());
  const error = await store.list({ cursor: "7" }).catch((thrown: unknown) => thrown);
  expect(InvalidRequestError.is(error)).toBe(true);
  expect(String(error)).toContain("cursor: must be the cursor of the page before");
});

it("holds 10,000 runs with their keys and predictions", async () => {
  const store = memoryRunStore();
  const count = 10_000;
  for (let index = 0; index < count; index += 1) {
    await store.create(
      sampleRun({ id: `run ${index}`, idempotencyKey: `key ${index}`, attempts: [sampleAttempt({ predictionId: `p${index}` })] }),
    );
  }
  for (let index = 0; index < count; index += 1) await store.update(`run ${index}`, 1, { state: "running" });
  expect((await store.create(sampleRun({ idempotencyKey: "key 9999" }))).run.id).toBe("run 9999");
  const { runs } = await store.list({ limit: 1_000 });
  expect(runs).toHaveLength(1_000);
  expect(await store.claim({ states: ["running"], leaseMs: 1_000, limit: 10_000 })).toHaveLength(count);
});
