import assert from "node:assert/strict";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import type { RunRecord } from "../../runs/run.ts";
import type { ClaimOptions, NewRun, RunPatch, RunStore } from "../../runs/run-store.ts";
import { assertRefused } from "./assert-refused.ts";
import type { RunStoreCase } from "./run-store-case.ts";
import { sampleAttempt } from "./sample-attempt.ts";
import { sampleRun } from "./sample-run.ts";

const minute = 60_000;
const yearMs = 365 * 24 * 60 * minute;
const wrongLeases = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, yearMs + 1, "1" as unknown as number];

/** Whoever writes a run may hold it; a claim of one run asks for just that one. */
export const leaseCases: readonly RunStoreCase[] = [
  {
    name: "writes a run with a lease from now on, so that nobody else claims it",
    async run({ createStore }) {
      const store = await createStore();
      const given = sampleRun({ state: "running", idempotencyKey: "key" });
      const { run } = await store.create({ ...given, leaseMs: minute });
      const { version, createdAt, updatedAt, leaseExpiresAt, ...rest } = run;
      assert.deepEqual(rest, given);
      assertLease(run, minute);
      assert.deepEqual(await store.get(run.id), run);
      assert.deepEqual(await store.create({ ...sampleRun({ idempotencyKey: "key" }), leaseMs: 5 * minute }), { run, isNew: false });
      assert.deepEqual(await store.claim(toClaim({})), []);
      for (const leaseMs of [null, undefined]) {
        const { run: free } = await store.create(sampleRun({ state: "running", leaseMs }));
        assert.equal(free.leaseExpiresAt, null);
        assert.deepEqual(toIds(await store.claim(toClaim({}))), [free.id]);
      }
    },
  },
  {
    name: "takes, prolongs, keeps and lets go of a lease with a change of the run",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ state: "running" }));
      const taken = await store.update(run.id, 1, { leaseMs: minute });
      assertLease(taken, minute);
      assert.deepEqual(taken, { ...run, version: 2, updatedAt: taken.updatedAt, leaseExpiresAt: taken.leaseExpiresAt });
      const kept = await store.update(run.id, 2, { room: "kitchen", leaseMs: undefined });
      assert.equal(kept.leaseExpiresAt, taken.leaseExpiresAt);
      const prolonged = await store.update(run.id, 3, { state: "unknown", leaseMs: 2 * minute });
      assertLease(prolonged, 2 * minute);
      assert.equal(prolonged.state, "unknown");
      assert.deepEqual(await store.claim(toClaim({ states: ["unknown"] })), []);
      assert.equal((await store.update(run.id, 4, { leaseMs: null })).leaseExpiresAt, null);
      assert.deepEqual(toIds(await store.claim(toClaim({ states: ["unknown"] }))), [run.id]);
    },
  },
  {
    name: "lets a lease go when its time is over by the store's clock",
    requires: "advance",
    async run({ createStore, advance }) {
      assert.ok(advance !== undefined, "the context has no advance(); declare it as unsupported, with the reason");
      const store = await createStore();
      const { run: created } = await store.create(sampleRun({ state: "running", leaseMs: 40 }));
      const { run: changed } = await store.create(sampleRun({ state: "running", leaseMs: minute }));
      await store.update(changed.id, 1, { leaseMs: 40 });
      const { run: held } = await store.create(sampleRun({ state: "running", leaseMs: 40 }));
      await store.update(held.id, 1, { leaseMs: minute });
      await advance(80);
      assert.deepEqual(toIds(await store.claim(toClaim({}))), [created.id, changed.id]);
    },
  },
  {
    name: "refuses leases that are none, or longer than a year, and writes nothing",
    async run({ createStore }) {
      const store = await createStore();
      const { run } = await store.create(sampleRun({ state: "running" }));
      for (const leaseMs of wrongLeases) {
        const refused = sampleRun({ idempotencyKey: "key", leaseMs });
        await assertRefused(store.create(refused), ["leaseMs"]);
        assert.equal(await store.get(refused.id), undefined);
        await assertRefused(store.update(run.id, 1, { state: "failed", leaseMs }), ["leaseMs"]);
        await assertRefused(store.claim(toClaim({ id: run.id, leaseMs })), ["leaseMs"]);
      }
      assert.deepEqual(await store.get(run.id), run);
      assert.equal((await store.create(sampleRun({ idempotencyKey: "key", leaseMs: yearMs }))).isNew, true);
    },
  },
  {
    name: "changes no lease for a caller that passes when it ends",
    async run({ createStore }) {
      const store = await createStore();
      const leaseExpiresAt = "2099-01-01T00:00:00.000Z";
      const passed: NewRun = { ...sampleRun({ state: "running", leaseMs: minute }), ...{ leaseExpiresAt } };
      const { run } = await store.create(passed);
      assertLease(run, minute);
      for (const [index, end] of [leaseExpiresAt, null].entries()) {
        const patch: RunPatch = { ...{ leaseExpiresAt: end }, room: "kitchen" };
        assert.equal((await store.update(run.id, 1 + index, patch)).leaseExpiresAt, run.leaseExpiresAt);
      }
      assert.equal((await store.get(run.id))?.leaseExpiresAt, run.leaseExpiresAt);
    },
  },
  {
    name: "claims one run and no other, if its state fits and nobody holds it",
    async run({ createStore }) {
      const store = await createStore();
      const [before, wanted, after] = [await start(store), await start(store), await start(store)];
      const { id } = wanted;
      assert.deepEqual(await store.claim(toClaim({ id, states: ["creating", "unknown"] })), []);
      assert.deepEqual(await store.claim(toClaim({ id, states: [] })), []);
      assert.deepEqual(await store.claim(toClaim({ id: crypto.randomUUID() })), []);
      assert.deepEqual(await store.get(id), wanted);
      const [claimed, ...more] = await store.claim(toClaim({ id }));
      assert.equal(more.length, 0);
      assert.ok(claimed !== undefined, "the run was not claimed");
      assertLease(claimed, minute);
      assert.deepEqual(claimed, { ...wanted, version: 2, updatedAt: claimed.updatedAt, leaseExpiresAt: claimed.leaseExpiresAt });
      assert.deepEqual(await store.get(id), claimed);
      assert.deepEqual(await store.claim(toClaim({ id })), []);
      assert.deepEqual(toIds(await store.claim(toClaim({}))), [before.id, after.id]);
      // A run that is over may be held, too.
      const { version } = await store.update(id, 2, { state: "succeeded", leaseMs: null });
      assert.equal((await store.claim(toClaim({ id, states: ["succeeded"] })))[0]?.version, version + 1);
    },
  },
  {
    name: "claims runs that are over and open ones together, oldest first, those taken up again in their old place",
    async run({ createStore }) {
      const store = await createStore();
      const ids = [];
      for (const state of ["succeeded", "running", "failed", "running"] as const) ids.push((await start(store, { state })).id);
      await store.update(ids[0] ?? "", 1, { state: "running" });
      assert.deepEqual(toIds(await store.claim(toClaim({ limit: 2 }))), [ids[0], ids[1]]);
      assert.deepEqual(toIds(await store.claim(toClaim({ states: ["failed", "running", "failed"] }))), [ids[2], ids[3]]);
    },
  },
  {
    name: "gives a run to exactly one of 20 concurrent claims that ask for it",
    async run({ createStore }) {
      const store = await createStore();
      const others = [await start(store), await start(store)];
      for (let round = 0; round < 5; round += 1) {
        const { id } = await start(store);
        const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(toClaim({ id, limit: 10 }))));
        assert.deepEqual(toIds(claims.flat()), [id]);
        assert.equal((await store.get(id))?.version, 2);
      }
      for (const run of others) assert.deepEqual(await store.get(run.id), run);
    },
  },
  {
    name: "gives a run either to a concurrent claim or to who takes its lease with a change, never to both",
    async run({ createStore }) {
      const store = await createStore();
      for (let round = 0; round < 20; round += 1) {
        const { id } = await start(store);
        const [renewal, byId, byState] = await Promise.allSettled([
          store.update(id, 1, { attempts: [sampleAttempt()], leaseMs: minute }),
          store.claim(toClaim({ id })),
          store.claim(toClaim({})),
        ]);
        const claims = [byId, byState].flatMap((claim) => (claim.status === "fulfilled" ? claim.value : assert.fail(String(claim.reason))));
        if (renewal.status === "rejected")
          assert.ok(RunConflictError.is(renewal.reason), `expected a RunConflictError, not ${renewal.reason}`);
        assert.equal(claims.length + (renewal.status === "fulfilled" ? 1 : 0), 1);
        assert.equal((await store.get(id))?.version, 2);
      }
    },
  },
  {
    name: "keeps a lease that its holder renews from everybody who claims at once",
    async run({ createStore }) {
      const store = await createStore();
      let held = await start(store, { leaseMs: minute });
      for (let round = 0; round < 10; round += 1) {
        const claims = Array.from({ length: 5 }, (_, index) => store.claim(toClaim(index % 2 === 0 ? { id: held.id } : {})));
        held = await store.update(held.id, held.version, { leaseMs: minute });
        assert.deepEqual((await Promise.all(claims)).flat(), []);
      }
      assert.equal(held.version, 11);
    },
  },
];

function toClaim(options: Partial<ClaimOptions>): ClaimOptions {
  return { states: ["running"], leaseMs: minute, limit: 100, ...options };
}

async function start(store: RunStore, run: Partial<NewRun> = {}): Promise<RunRecord> {
  return (await store.create(sampleRun({ state: "running", ...run }))).run;
}

function assertLease({ updatedAt, leaseExpiresAt }: RunRecord, leaseMs: number): void {
  assert.equal(new Date(leaseExpiresAt ?? "").toISOString(), leaseExpiresAt);
  const held = Date.parse(leaseExpiresAt ?? "") - Date.parse(updatedAt);
  assert.ok(Math.abs(held - leaseMs) <= 1, `the lease should last ${leaseMs} ms, not ${held} ms`);
}

function toIds(runs: readonly { readonly id: string }[]): string[] {
  return runs.map(({ id }) => id);
}
