import assert from "node:assert/strict";
import type { RunState } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { assertConflict } from "./assert-conflict.ts";
import { assertRefused } from "./assert-refused.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleRun } from "./sample-run.ts";

const minute = 60_000;

/** A claim takes runs over for a while; no two claims get the same run. */
export const claimCases: readonly RunStoreCase[] = [
  {
    name: "claims runs of the given states, oldest first, at most so many",
    async run({ createStore }) {
      const store = await createStore();
      const ids = await createAll(store, ["running", "creating", "succeeded", "running", "unknown", "running"]);
      // A change does not make a run younger.
      await store.update(ids[0] ?? "", 1, { room: "kitchen" });
      const claim = (limit: number) => store.claim({ states: ["running", "unknown"], leaseMs: minute, limit });
      assert.deepEqual(toIds(await claim(2)), [ids[0], ids[3]]);
      assert.deepEqual(toIds(await claim(100)), [ids[4], ids[5]]);
      assert.deepEqual(await claim(1), []);
      assert.deepEqual(await store.claim({ states: [], leaseMs: minute, limit: 10 }), []);
      assert.deepEqual(toIds(await store.claim({ states: ["creating"], leaseMs: minute, limit: 10 })), [ids[1]]);
    },
  },
  {
    name: "marks what it claims: a lease from now on, and one version more",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ state: "running" }));
      const [untouched] = await createAll(store, ["running"]);
      const [claimed, ...more] = await store.claim({ states: ["running"], leaseMs: minute, limit: 1 });
      assert.equal(more.length, 0);
      assert.ok(claimed !== undefined && claimed.leaseExpiresAt !== null, "no run was claimed, or without a lease");
      const { leaseExpiresAt, updatedAt } = claimed;
      assert.deepEqual(claimed, { ...run, version: 2, leaseExpiresAt, updatedAt });
      assert.equal(new Date(leaseExpiresAt).toISOString(), leaseExpiresAt);
      const leaseMs = Date.parse(leaseExpiresAt) - Date.parse(updatedAt);
      assert.ok(Math.abs(leaseMs - minute) <= 1, `the lease should last ${minute} ms, not ${leaseMs} ms`);
      assert.deepEqual(await store.get(run.id), claimed);
      assert.equal((await store.get(untouched ?? ""))?.leaseExpiresAt, null);
      await assertConflict(store.update(run.id, 1, { room: "late" }), { runId: run.id, expectedVersion: 1, currentVersion: 2 });
      // A change by the holder leaves the lease as it is.
      assert.equal((await store.update(run.id, 2, { room: "kitchen" })).leaseExpiresAt, leaseExpiresAt);
    },
  },
  {
    name: "claims a run again once its lease is over by the store's clock, not before",
    requires: "advance",
    async run({ createStore, advance }) {
      assert.ok(advance !== undefined, "the context has no advance(); declare it as unsupported, with the reason");
      const store = await createStore();
      const [short, long] = await createAll(store, ["running", "unknown"]);
      assert.deepEqual(toIds(await store.claim({ states: ["running"], leaseMs: 40, limit: 1 })), [short]);
      assert.deepEqual(toIds(await store.claim({ states: ["unknown"], leaseMs: minute, limit: 1 })), [long]);
      await advance(80);
      const again = await store.claim({ states: ["running", "unknown"], leaseMs: minute, limit: 10 });
      assert.deepEqual(toIds(again), [short]);
      assert.equal(again[0]?.version, 3);
      assert.deepEqual(await store.claim({ states: ["running", "unknown"], leaseMs: minute, limit: 10 }), []);
      // Whoever slept past its lease finds that the run has gone on without it.
      await assertConflict(store.update(short ?? "", 2, { state: "failed" }), {
        runId: short ?? "",
        expectedVersion: 2,
        currentVersion: 3,
      });
    },
  },
  {
    name: "claims a run whose holder let it go, and none whose holder prolonged its lease",
    requires: "advance",
    async run({ createStore, advance }) {
      assert.ok(advance !== undefined, "the context has no advance(); declare it as unsupported, with the reason");
      const store = await createStore();
      const [released, prolonged] = await createAll(store, ["running", "running"]);
      await store.claim({ states: ["running"], leaseMs: 40, limit: 2 });
      assert.equal((await store.update(released ?? "", 2, { leaseMs: null })).leaseExpiresAt, null);
      await store.update(prolonged ?? "", 2, { leaseMs: minute });
      assert.deepEqual(toIds(await store.claim({ states: ["running"], leaseMs: minute, limit: 2 })), [released]);
      await advance(80);
      assert.deepEqual(await store.claim({ states: ["running"], leaseMs: minute, limit: 2 }), []);
    },
  },
  {
    name: "gives each of 20 runs to exactly one of 50 concurrent claims",
    async run({ createStore }) {
      for (const limit of [1, 3]) {
        const store = await createStore();
        const ids = await createAll(
          store,
          Array.from({ length: 20 }, () => "running" as const),
        );
        const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim({ states: ["running"], leaseMs: minute, limit })));
        for (const runs of claims) assert.ok(runs.length <= limit, "a claim gave more runs than its limit");
        const claimed = toIds(claims.flat());
        // Claims that run into each other may come back with less than there is; what is left goes to the next.
        claimed.push(...toIds(await store.claim({ states: ["running"], leaseMs: minute, limit: 20 })));
        assert.deepEqual(claimed.sort(), [...ids].sort());
      }
    },
  },
  {
    name: "refuses claims without an end, a number or a lease",
    async run({ createStore }) {
      const store = await createStore();
      const [id] = await createAll(store, ["running"]);
      for (const limit of [0, -1, 1.5, Number.NaN, "1" as unknown as number]) {
        await assertRefused(store.claim({ states: ["running"], leaseMs: minute, limit }), ["limit"]);
      }
      for (const leaseMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, undefined as unknown as number]) {
        await assertRefused(store.claim({ states: ["running"], leaseMs, limit: 1 }), ["leaseMs"]);
      }
      await assertRefused(store.claim({ id: 7 as unknown as string, states: ["running"], leaseMs: minute, limit: 1 }), ["id"]);
      assert.equal((await store.get(id ?? ""))?.version, 1);
    },
  },
];

async function createAll(store: RunStore, states: readonly RunState[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const state of states) ids.push((await store.create(sampleRun({ state }))).run.id);
  return ids;
}

function toIds(runs: readonly { readonly id: string }[]): string[] {
  return runs.map(({ id }) => id);
}
