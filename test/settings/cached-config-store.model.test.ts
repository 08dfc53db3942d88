import fc from "fast-check";
import { expect, it } from "vitest";
import { cachedConfigStore } from "../../src/settings/cached-config-store.ts";
import type { ConfigChange } from "../../src/settings/config-store.ts";
import { createGatedStore } from "./gated-store.ts";
import { write } from "./helpers.ts";
import { createManualClock, settled } from "./manual-clock.ts";

const keys = ["a", "b"] as const;
const sets = [["a"], ["a", "b"]] as const;
const away = new Error("ECONNREFUSED");

/** Anything that may happen to a cache, in any order. */
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("read" as const), set: fc.constantFrom(...sets) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("put" as const), isOwn: fc.boolean(), key: fc.constantFrom(...keys) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("notify" as const), isAll: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("reading" as const),
      does: fc.constantFrom("pass", "pass", "look", "answer", "fail"),
      index: fc.nat(2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("advance" as const),
      milliseconds: fc.constantFrom(1, 999, 2_000, 5_000),
    }),
  },
);

it.each([
  ["by time", undefined],
  ["by notifications, too", "watch"],
] as const)("lives %s: serves nothing too old, and no version that a notification has overtaken", async (_, watch) => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 60 }), async (actions) => {
      const clock = createManualClock();
      const gated = createGatedStore(watch);
      let failedAt = Number.NEGATIVE_INFINITY;
      const onError = () => {
        failedAt = clock.now();
      };
      const cached = cachedConfigStore(gated.store, { clock, onError });
      gated.isOpen = false;

      const writes: { readonly key: string; readonly version: number; readonly at: number }[] = [];
      // What a reading that begins now must show at least, since the cache was told of it.
      const known: Record<string, number> = { a: 0, b: 0 };
      const pending: ConfigChange[] = [];
      const looked: (() => void)[] = [];
      const readBefore = new Set<unknown>();
      const checks: Promise<void>[] = [];
      const mistakes: unknown[] = [];
      const newest = (key: string, isCounted: (at: number) => boolean) =>
        Math.max(0, ...writes.filter((one) => one.key === key && isCounted(one.at)).map(({ version }) => version));

      const told = (change: ConfigChange) => {
        for (const listener of gated.listeners) listener(change);
        if (watch === undefined) return;
        for (const key of change.key === null ? keys : [change.key]) {
          known[key] = change.key === null ? newest(key, () => true) : Math.max(known[key] ?? 0, change.version);
        }
      };

      async function read(set: (typeof sets)[number]): Promise<void> {
        const [calledAt, required, hadValue] = [clock.now(), { ...known }, readBefore.has(set)];
        const documents = await cached.getMany(set).catch((error: unknown) => {
          expect(error).toBe(away);
          expect(hadValue).toBe(false);
          // Told by throwing.
          failedAt = clock.now();
        });
        if (documents === undefined) return;
        readBefore.add(set);
        const { outdatedSince } = documents;
        for (const key of set) {
          const version = documents.get(key)?.version ?? 0;
          if (outdatedSince === undefined) {
            expect(version).toBeGreaterThanOrEqual(required[key] ?? 0);
            expect(version).toBeGreaterThanOrEqual(newest(key, (at) => at <= calledAt - 5_000));
          } else {
            expect(failedAt).toBeGreaterThan(calledAt - 1_000);
            expect(Date.parse(outdatedSince)).toBeLessThanOrEqual(clock.now());
            expect(version).toBeGreaterThanOrEqual(newest(key, (at) => at < Date.parse(outdatedSince)));
          }
        }
      }

      for (const step of actions) {
        if (step.type === "read") checks.push(read(step.set).catch((mistake) => void mistakes.push(mistake)));
        else if (step.type === "put") {
          const { version } = await (step.isOwn ? cached : gated.inner).put(step.key, 0, write);
          writes.push({ key: step.key, version, at: clock.now() });
          pending.push({ key: step.key, version });
          if (step.isOwn) known[step.key] = version;
        } else if (step.type === "notify") {
          const change = step.isAll ? ({ key: null, version: null } as const) : pending.shift();
          if (change) told(change);
        } else if (step.type === "advance") await clock.advance(step.milliseconds);
        else if (step.does === "answer") looked.splice(step.index, 1)[0]?.();
        else {
          const reading = gated.readings[step.index];
          if (step.does === "pass") reading?.pass();
          else if (step.does === "fail") reading?.fail(away);
          else if (reading) looked.push(reading.read());
        }
        await settled();
      }

      // In the end all answers come, the store is back, and everybody sees what is stored.
      gated.isOpen = true;
      for (const reading of [...gated.readings]) reading.pass();
      for (const answer of looked) answer();
      await settled();
      await Promise.all(checks);
      if (mistakes.length > 0) throw mistakes[0];
      for (const change of pending) told(change);
      await clock.advance(watch ? 1_000 : 5_000);
      for (const set of sets) {
        const documents = await cached.getMany(set);
        expect(documents.outdatedSince).toBeUndefined();
        for (const key of set) expect(documents.get(key)?.version ?? 0).toBe(newest(key, () => true));
      }
      await cached.close();
    }),
    { numRuns: 500 },
  );
});
