import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPollDelayMs } from "../../src/client/poll-delay.ts";

const ranges = fc
  .tuple(fc.integer({ min: 1_000, max: 60_000 }), fc.double({ min: 1.1, max: 10, noNaN: true }))
  .map(([lowMs, factor]) => ({ lowMs, highMs: lowMs * factor }));

/** When a prediction is looked at until it has ended, in milliseconds from its creation; each look takes 20 ms. */
function toLooks(usual: { lowMs: number; highMs: number }, durationMs: number, waiting = 1): readonly number[] {
  const looks: number[] = [];
  for (let elapsedMs = 0; (looks.at(-1) ?? 0) < durationMs; elapsedMs += 20) {
    elapsedMs += toPollDelayMs({ elapsedMs, usual, waiting });
    looks.push(elapsedMs);
  }
  return looks;
}

describe("toPollDelayMs", () => {
  it("is a time to wait, whatever the times", () => {
    const moments = fc.record({
      elapsedMs: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      usual: fc.record({ lowMs: fc.double({ min: 0, max: 1e9, noNaN: true }), highMs: fc.double({ min: 0, max: 1e9, noNaN: true }) }),
      waiting: fc.integer({ min: 1, max: 375 }),
    });
    fc.assert(
      fc.property(moments, ({ elapsedMs, usual: { lowMs, highMs }, waiting }) => {
        const usual = { lowMs: Math.min(lowMs, highMs), highMs: Math.max(lowMs, highMs) };
        const delayMs = toPollDelayMs({ elapsedMs, usual, waiting });
        expect(delayMs).toBeGreaterThanOrEqual(100);
        expect(delayMs).toBeLessThanOrEqual(25_000);
      }),
    );
  });

  it("does not look while no run can be done, but every 15 s", () => {
    fc.assert(
      fc.property(ranges, (usual) => {
        const looks = toLooks(usual, usual.lowMs);
        expect(looks.length).toBeLessThanOrEqual(1 + Math.floor(usual.lowMs / 15_000));
        expect(looks.at(-1)).toBeLessThanOrEqual(usual.lowMs + 1_000);
      }),
    );
  });

  it("sees most runs of a model that varies by a fifth within 120 ms", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 30_000 }), (usualMs) => {
        const usual = { lowMs: usualMs * 0.8, highMs: usualMs * 1.2 };
        for (const share of [0.8, 0.9, 1, 1.1, 1.2]) {
          const durationMs = usualMs * share;
          expect((toLooks(usual, durationMs).at(-1) ?? 0) - durationMs).toBeLessThanOrEqual(135);
        }
      }),
    );
  });

  it("takes, on average, at most a look for every half second of a usual run", () => {
    fc.assert(
      fc.property(ranges, (usual) => {
        const { lowMs, highMs } = usual;
        // The average over all durations, exactly: a look is in vain for the share of them that end after it; one more sees the end.
        const inVain = toLooks(usual, highMs).map((lookMs) => Math.min(1, Math.max(0, highMs - lookMs) / (highMs - lowMs)));
        const looks = inVain.reduce((sum, share) => sum + share, 1);
        expect(looks).toBeLessThanOrEqual((lowMs + highMs) / 2 / 500 + 1);
      }),
    );
  });

  it("takes at most a look for every 0.3 s of any run, and a few more", () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1, max: 600_000 }), (usual, durationMs) => {
        expect(toLooks(usual, durationMs).length).toBeLessThanOrEqual(durationMs / 300 + 6);
      }),
    );
  });

  it("looks ever more rarely at a run that does not end", () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1, max: 100 }), (usual, waiting) => {
        const late = toLooks(usual, usual.highMs + 600_000, waiting).filter((lookMs) => lookMs > usual.highMs);
        const steps = late.slice(1).map((lookMs, index) => lookMs - (late[index] ?? 0));
        for (const [index, stepMs] of steps.slice(1).entries()) expect(stepMs).toBeGreaterThanOrEqual((steps[index] ?? 0) - 1e-6);
        expect(steps.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  it.each([1, 8, 40, 80, 200])("takes about 25 looks a second, at most, for %i runs under way all the time", (waiting) => {
    const usual = { lowMs: 8_000, highMs: 12_000 };
    const durations = Array.from({ length: 100 }, (_, index) => usual.lowMs + (index * (usual.highMs - usual.lowMs)) / 99);
    const looks = durations.reduce((sum, durationMs) => sum + toLooks(usual, durationMs, waiting).length, 0) / durations.length;
    // At most 10 predictions a second are created.
    const runsPerSecond = Math.min(10, waiting / 10);
    expect(looks * runsPerSecond).toBeLessThanOrEqual(27);
  });

  it("never looks sooner because more predictions are waited for", () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 120_000 }), fc.integer({ min: 1, max: 500 }), (usual, elapsedMs, waiting) => {
        const delay = toPollDelayMs({ elapsedMs, usual, waiting });
        expect(toPollDelayMs({ elapsedMs, usual, waiting: waiting + 1 })).toBeGreaterThanOrEqual(delay);
      }),
    );
  });
});
