import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createUsualDurations, type UsualDurations } from "../../src/client/usual-durations.ts";

const never = { atLeastMs: 0, atMostMs: Number.POSITIVE_INFINITY };

function toPrediction(durationMs: number, status: "succeeded" | "failed" = "succeeded") {
  const createdMs = Date.parse("2026-11-01T00:00:00Z");
  return { status, created_at: new Date(createdMs).toISOString(), completed_at: new Date(createdMs + durationMs).toISOString() };
}

function learnAll(durations: UsualDurations, all: readonly number[], modelId = "a/b"): void {
  for (const durationMs of all) durations.learn(modelId, toPrediction(durationMs), never);
}

describe("createUsualDurations", () => {
  it("starts from a fifth around what the model's definition says", () => {
    expect(createUsualDurations().of("a/b", 10_000)).toEqual({ lowMs: 8_000, highMs: 12_000 });
  });

  it("gives a range around what it saw, whatever that was", () => {
    const seen = fc.array(fc.integer({ min: 0, max: 1_800_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(seen, fc.integer({ min: 1, max: 600_000 }), (all, usualDurationMs) => {
        const durations = createUsualDurations();
        learnAll(durations, all);
        const { lowMs, highMs } = durations.of("a/b", usualDurationMs);
        const votes = all.length < 4 ? [...all, usualDurationMs] : all;
        expect(lowMs).toBeGreaterThanOrEqual(Math.min(...votes) * 0.8);
        expect(highMs).toBeGreaterThanOrEqual(lowMs);
        expect(highMs).toBeLessThanOrEqual(Math.max(...votes) * 1.2);
      }),
    );
  });

  it.each([0.5, 1, 2])("finds where most runs end after four of them, where the definition is off by %d", (share) => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 4, maxLength: 30 }), (all) => {
        const durations = createUsualDurations();
        const realMs = 10_000 * share;
        learnAll(
          durations,
          all.map((each) => realMs * each),
        );
        const { lowMs, highMs } = durations.of("a/b", 10_000);
        expect(lowMs).toBeGreaterThanOrEqual(realMs * 0.7);
        expect(highMs).toBeLessThanOrEqual(realMs * 1.4);
        const last = all.slice(-16).map((each) => realMs * each);
        const inside = last.filter((durationMs) => durationMs >= lowMs && durationMs <= highMs);
        expect(inside.length).toBeGreaterThanOrEqual(last.length / 2);
      }),
    );
  });

  it("is not misled by a run that was strangely slow or fast", () => {
    const durations = createUsualDurations();
    learnAll(durations, [90_000]);
    expect(durations.of("a/b", 10_000).lowMs).toBeLessThanOrEqual(9_000);
    learnAll(durations, [10_000, 10_000, 10_000]);
    expect(durations.of("a/b", 10_000).highMs).toBeLessThanOrEqual(22_000);
    learnAll(durations, [500, 10_000, 10_000, 10_000, 10_000]);
    expect(durations.of("a/b", 10_000).lowMs).toBeGreaterThanOrEqual(9_000);
  });

  it("follows a model that became slower, and tells models apart", () => {
    const durations = createUsualDurations();
    learnAll(durations, Array(16).fill(5_000));
    learnAll(durations, Array(16).fill(20_000));
    expect(durations.of("a/b", 5_000)).toEqual({ lowMs: 19_000, highMs: 21_000 });
    expect(durations.of("c/d", 5_000)).toEqual({ lowMs: 4_000, highMs: 6_000 });
  });

  it("learns nothing from a run that failed, or of which Replicate told no times", () => {
    const durations = createUsualDurations();
    for (let count = 0; count < 8; count += 1) {
      durations.learn("a/b", toPrediction(300, "failed"), never);
      durations.learn("a/b", { status: "succeeded" }, never);
      durations.learn("a/b", { status: "succeeded", created_at: "soon", completed_at: null }, never);
      durations.learn("a/b", toPrediction(-5_000), never);
    }
    expect(durations.of("a/b", 10_000)).toEqual({ lowMs: 8_000, highMs: 12_000 });
  });

  it("keeps what Replicate told within what was seen", () => {
    const durations = createUsualDurations();
    for (let count = 0; count < 16; count += 1) durations.learn("a/b", toPrediction(80), { atLeastMs: 7_900, atMostMs: 8_000 });
    expect(durations.of("a/b", 10_000).lowMs).toBeGreaterThanOrEqual(7_500);
  });
});
