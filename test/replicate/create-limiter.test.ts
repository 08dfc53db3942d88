import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLimiter } from "../../src/replicate/create-limiter.ts";
import type { CallKind } from "../../src/replicate/limiter.ts";
import { createTokenBucket, type RateLimit } from "../../src/testing/simulator/rate-limit.ts";
import { createVirtualClock, type VirtualClock } from "./create-virtual-clock.ts";
import { countings, countTooEarly, countWaves, countWithin, minute, saturate, toRandom } from "./saturate.ts";

describe.each(countings)("createLimiter against %s", (_, createServer) => {
  it.each<[CallKind, number]>([
    ["create", 600],
    ["other", 3_000],
  ])("uses at least 95 percent of a limit (%s: %i a minute), and is never refused", async (kind, limit) => {
    const { clock, traffic, start } = run({ server: createServer(limit), kind });
    await clock.run(2 * minute);
    expect(traffic.refused).toEqual([]);
    for (const at of [0, 1]) {
      expect(countWithin(traffic.sent, start + at * minute, start + (at + 1) * minute)).toBeGreaterThanOrEqual(0.95 * limit);
    }
  });

  it.each([0.25, 0.5, 1])(
    "is refused once where %d of the limit was used just before, waits as told, and then uses all of it",
    async (part) => {
      const server = createServer(600);
      const { clock, traffic, start } = run({ server });
      for (let used = 0; used < part * 600; used += 1) server.take(start);
      await clock.run(6 * minute);
      expect(countWaves(traffic)).toBe(1);
      expect(countTooEarly(traffic)).toBe(0);
      expect(countWithin(traffic.taken, start + 2 * minute, start + 6 * minute)).toBeGreaterThanOrEqual(0.95 * 4 * 600);
    },
  );

  it.each([true, false])("finds its pace where another program takes a third (a 429 tells how long to wait: %s)", async (tells) => {
    const server = createServer(600);
    const { clock, traffic, start } = run({ server, tells });
    void take(clock, server, 200);
    await clock.run(20 * minute);
    expect(countTooEarly(traffic)).toBe(0);
    // Once the pace is found, it is tried again and again whether there is more, but not often.
    expect(countWaves({ ...traffic, refused: traffic.refused.filter(({ at }) => at > start + 5 * minute) })).toBeLessThanOrEqual(8);
    expect(countWithin(traffic.taken, start + 5 * minute, start + 20 * minute)).toBeGreaterThan(0.7 * 15 * 400);
  });

  it("finds its pace where the account has less, and the old one where it has more again", async () => {
    let server = createServer(300);
    const { clock, traffic, start } = run({ server: { take: (now) => server.take(now) } });
    await clock.run(15 * minute);
    expect(countTooEarly(traffic)).toBe(0);
    const later = traffic.refused.filter(({ at }) => at > start + 5 * minute);
    expect(countWaves({ ...traffic, refused: later })).toBeLessThanOrEqual(5);
    expect(countWithin(traffic.taken, start + 5 * minute, start + 15 * minute)).toBeGreaterThan(0.7 * 10 * 300);
    server = createServer(600);
    const refused = traffic.refused.length;
    await clock.run(40 * minute);
    expect(traffic.refused.length - refused).toBeLessThanOrEqual(1);
    expect(countWithin(traffic.taken, start + 53 * minute, start + 55 * minute)).toBeGreaterThanOrEqual(0.95 * 2 * 600);
  });
});

describe("createLimiter", () => {
  it("keeps to its share", async () => {
    const { clock, traffic } = run({ server: unlimited, share: 0.25 });
    await clock.run(4 * minute);
    expect(traffic.sent.length).toBeGreaterThan(0.95 * 600);
    expect(traffic.sent.length).toBeLessThanOrEqual(600);
  });

  it("goes at 6 creates a minute while credit is low, tries whether it is over ever more rarely, and finds out", async () => {
    const [usual, low] = [createTokenBucket(600, minute, 60), createTokenBucket(6, minute, 1)];
    let hasLowCredit = true;
    const server: RateLimit = { take: (now) => (hasLowCredit ? low : usual).take(now) };
    const { clock, traffic, start } = run({ server, hasLowCredit: () => hasLowCredit });
    await clock.run(60 * minute);
    expect(countTooEarly(traffic)).toBe(0);
    expect(countWithin(traffic.taken, start + 30 * minute, start + 60 * minute)).toBeGreaterThan(0.85 * 30 * 6);
    const trials = traffic.refused.filter(({ at }) => at > start + 10 * minute);
    expect(trials.length).toBeLessThanOrEqual(6);
    hasLowCredit = false;
    await clock.run(20 * minute);
    expect(traffic.refused.filter(({ at }) => at > start + 60 * minute)).toEqual([]);
    expect(countWithin(traffic.taken, start + 78 * minute, start + 80 * minute)).toBeGreaterThanOrEqual(0.95 * 2 * 600);
  });

  it("holds one kind only, and what waits already, too", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock });
    const granted: string[] = [];
    const ask = (kind: CallKind) => limiter.acquire(kind).then(() => granted.push(`${kind} ${clock.now() - start}`));
    const start = clock.now();
    for (let index = 0; index < 7; index += 1) void ask("create");
    await clock.run(50);
    expect(granted).toEqual(Array(6).fill("create 0"));
    await limiter.throttled({ kind: "create", retryAfterMs: 30_000, hasLowCredit: false });
    void ask("other");
    await clock.run(30_999);
    expect(granted.slice(6)).toEqual(["other 50"]);
    await clock.run(100);
    expect(granted.slice(7)).toEqual(["create 31050"]);
  });

  it("backs off by 1 s, 2 s, 4 s … up to a minute where a 429 says nothing, and forgets that", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock });
    const waitOnce = async () => {
      await limiter.throttled({ kind: "create", retryAfterMs: null, hasLowCredit: false });
      const asked = clock.now();
      let waited = Number.NaN;
      void limiter.acquire("create").then(() => {
        waited = clock.now() - asked;
      });
      await clock.run(2 * minute);
      clock.put(waited - 2 * minute);
      return Math.round(waited / 1_000);
    };
    const waits: number[] = [];
    for (let time = 0; time < 9; time += 1) waits.push(await waitOnce());
    expect(waits).toEqual([2, 3, 5, 9, 17, 33, 61, 61, 61]);
    await clock.run(6 * minute);
    expect(await waitOnce()).toBe(2);
  });

  it("holds for an hour at most, and sleeps no longer than a minute at a time", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock });
    const start = clock.now();
    const naps: number[] = [];
    const sleep: VirtualClock["sleep"] = (milliseconds, signal) => {
      naps.push(milliseconds);
      return clock.sleep(milliseconds, signal);
    };
    const patient = createLimiter({ clock: { ...clock, sleep } });
    const times: number[] = [];
    for (const each of [limiter, patient]) {
      await each.throttled({ kind: "create", retryAfterMs: 999_999_999_000, hasLowCredit: false });
      void each.acquire("create").then(() => times.push(clock.now() - start));
    }
    await clock.run(61 * minute);
    expect(times).toEqual([60 * minute + 1_000, 60 * minute + 1_000]);
    expect(Math.max(...naps)).toBe(minute);
  });

  it("gives grants in the order of asking; whoever aborts leaves at once, and the next one gets it", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock });
    const order: number[] = [];
    const aborts = Array.from({ length: 5_000 }, () => new AbortController());
    const reason = new Error("not wanted any more");
    const ends = aborts.map(({ signal }, index) => limiter.acquire("other", signal).then(() => order.push(index)));
    const settled = Promise.allSettled(ends);
    for (const [index, abort] of aborts.entries()) if (index % 2 === 0) abort.abort(reason);
    await clock.run(minute);
    expect(order).toEqual(Array.from({ length: 2_500 }, (_, index) => 2 * index + 1));
    expect((await settled).filter((result) => result.status === "rejected" && result.reason === reason)).toHaveLength(2_500);
    expect(clock.sleeping()).toBe(0);
  });

  it("tells at once who would have to wait for longer than is of use, and keeps the others", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock });
    await limiter.throttled({ kind: "create", retryAfterMs: 600_000, hasLowCredit: false });
    const start = clock.now();
    const ended: string[] = [];
    const ask = (name: string, patienceMs?: number) =>
      limiter.acquire("create", undefined, patienceMs).then(
        () => ended.push(`${name} granted`),
        ({ code, retryAfterMs }) => ended.push(`${name} ${code} ${retryAfterMs}, after ${clock.now() - start}`),
      );
    void ask("first", 60_000);
    void ask("patient");
    await clock.run(30_000);
    void ask("late", 60_000);
    await clock.run(1);
    expect(ended).toEqual(["first throttled 601000, after 0", "late throttled 571000, after 30000"]);
    await clock.run(571_000);
    expect(ended.slice(2)).toEqual(["patient granted"]);
    expect(clock.sleeping()).toBe(0);
  });

  it("lets nobody wait in a long line for longer than is of use", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock, createsPerMinute: 60 });
    const start = clock.now();
    const ends = Array.from({ length: 30 }, () =>
      limiter.acquire("create", undefined, 10_000).then(
        () => "granted",
        () => (clock.now() - start <= 10_000 ? "told" : "late"),
      ),
    );
    await clock.run(40_000);
    const all = await Promise.all(ends);
    expect(all.filter((end) => end === "granted").length).toBeGreaterThanOrEqual(10);
    expect(all.slice(15)).toEqual(Array(15).fill("told"));
  });

  it("leaves no timer behind when all have aborted, and grants nothing to whoever aborted before", async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ clock });
    await limiter.throttled({ kind: "create", retryAfterMs: 30_000, hasLowCredit: false });
    const abort = new AbortController();
    const ends = Promise.allSettled([limiter.acquire("create", abort.signal), limiter.acquire("create", abort.signal)]);
    await clock.run(1_000);
    expect(clock.sleeping()).toBe(1);
    abort.abort();
    expect((await ends).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(clock.sleeping()).toBe(0);
    await expect(limiter.acquire("other", abort.signal)).rejects.toBe(abort.signal.reason);
    let isGranted = false;
    void limiter.acquire("create").then(() => {
      isGranted = true;
    });
    await clock.run(31_000);
    expect(isGranted).toBe(true);
  });

  it.each([-60, 60, -24 * 60, 24 * 60])("is not locked by a clock that is put on by %d minutes", async (minutes) => {
    const { clock, traffic, limiter } = run({ server: unlimited });
    await clock.run(minute);
    clock.put(minutes * minute);
    const before = traffic.sent.length;
    await clock.run(minute);
    expect(traffic.sent.length - before).toBeGreaterThanOrEqual(0.95 * 600);
    expect(traffic.sent.length - before).toBeLessThanOrEqual(600);
    // Even in the middle of a hold: it lasts once more at the most.
    await limiter.throttled({ kind: "create", retryAfterMs: 30_000, hasLowCredit: false });
    await clock.run(15_000);
    clock.put(minutes * minute);
    const held = traffic.sent.length;
    await clock.run(14_000);
    expect(traffic.sent.length).toBe(held);
    await clock.run(35_000);
    expect(traffic.sent.length).toBeGreaterThan(held);
  });

  it("never grants more than the limit, nor anything while it holds, whatever happens", async () => {
    const event = fc.oneof(
      { weight: 8, arbitrary: fc.record({ does: fc.constant("ask" as const), count: fc.integer({ min: 1, max: 40 }) }) },
      { weight: 8, arbitrary: fc.record({ does: fc.constant("wait" as const), count: fc.integer({ min: 1, max: 20_000 }) }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant("abort" as const), count: fc.integer({ min: 1, max: 20 }) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant("throttle" as const), count: fc.integer({ min: 0, max: 40_000 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), async (events, createsPerMinute) => {
        const clock = createVirtualClock();
        const limiter = createLimiter({ clock, createsPerMinute });
        const granted: number[] = [];
        const order: number[] = [];
        const aborts: AbortController[] = [];
        const tooEarly: number[] = [];
        let heldUntil = 0;
        for (const { does, count } of events) {
          if (does === "wait") await clock.run(count);
          if (does === "abort") for (const abort of aborts.slice(-count)) abort.abort();
          if (does === "throttle") {
            await limiter.throttled({ kind: "create", retryAfterMs: count, hasLowCredit: count % 7 === 0 });
            heldUntil = Math.max(heldUntil, clock.now() + count);
          }
          for (let asked = 0; does === "ask" && asked < count; asked += 1) {
            const abort = new AbortController();
            const number = aborts.push(abort);
            const note = () => {
              if (clock.now() < heldUntil) tooEarly.push(number);
              granted.push(clock.now());
              order.push(number);
            };
            void limiter.acquire("create", abort.signal).then(note, () => undefined);
          }
          await clock.run(0);
        }
        // All are served in the end, and the line is empty.
        await clock.run(24 * 60 * minute);
        expect(tooEarly).toEqual([]);
        expect(order).toEqual([...order].sort((one, other) => one - other));
        expect(clock.sleeping()).toBe(0);
        expect(order.length).toBe(aborts.filter(({ signal }, index) => !signal.aborted || order.includes(index + 1)).length);
        granted.forEach((time, index) => {
          expect(countWithin(granted.slice(index), time, time + minute)).toBeLessThanOrEqual(Math.max(2, createsPerMinute));
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["share", 0],
    ["share", 1.01],
    ["share", "half"],
    ["createsPerMinute", -1],
    ["createsPerMinute", Number.POSITIVE_INFINITY],
    ["othersPerMinute", Number.NaN],
  ])("names an option that does not fit: %s %s", (field, value) => {
    expect(() => createLimiter({ [field]: value })).toThrow(
      expect.objectContaining({ code: "invalid_request", problems: [expect.objectContaining({ field })] }),
    );
  });

  it("lets a process end that waits for nothing", () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    void createLimiter().acquire("create");
    expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length).toBe(before);
  });
});

const unlimited: RateLimit = { take: () => ({ granted: true }) };

/** A limiter under a traffic that takes whatever it gets. */
function run({ share, ...rest }: Omit<Parameters<typeof saturate>[0], "limiter" | "clock"> & { readonly share?: number }) {
  const clock = createVirtualClock();
  const limiter = createLimiter({ clock, share });
  return { clock, limiter, start: clock.now(), traffic: saturate({ limiter, clock, random: toRandom(7), ...rest }) };
}

/** Another program, which takes so many a minute and no notice of anything. */
async function take(clock: VirtualClock, server: RateLimit, perMinute: number): Promise<never> {
  for (;;) {
    server.take(clock.now());
    await clock.sleep(minute / perMinute);
  }
}
