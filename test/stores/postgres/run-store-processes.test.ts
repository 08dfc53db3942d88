import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StagingClient } from "../../../src/client/staging-client.ts";
import type { RunRecord } from "../../../src/runs/run.ts";
import type { RunStore } from "../../../src/runs/run-store.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { createFastClock } from "../../../src/testing/index.ts";
import { sampleAttempt, sampleRun } from "../../../src/testing/run-store-suite.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";
import { type OpenSql, openSql } from "../../postgres/open-sql.ts";
import { countOf, startReplicate, tinyPng, toDataUrl } from "../../replicate/helpers.ts";
import { createRunsSchema } from "./create-runs-schema.ts";
import { type RunWorker, startRunWorker } from "./start-run-worker.ts";

const minute = 60_000;
const free = { code: "prediction_stopped", message: "It was stopped", retryable: true, billed: "no" } as const;

let database: TestDatabase;
let opened: OpenSql;
let schema: string;
let store: RunStore;
let workers: readonly RunWorker[];

beforeAll(async () => {
  database = await createDatabase();
  opened = await openSql("pg", database);
  schema = await createRunsSchema(opened.sql);
  store = postgresRunStore({ sql: opened.sql, schema });
  workers = await Promise.all(Array.from({ length: 8 }, start));
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await opened.close();
  await database.drop();
});

const start = () => startRunWorker(database.connectionString, schema);
/** Every process does it, as much at once as can be. */
const race = <Result>(act: (worker: RunWorker) => Promise<Result>) => Promise.allSettled(workers.map(act));
const toValues = <Result>(results: readonly PromiseSettledResult<Result>[]) =>
  results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
const toReasons = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));

describe("between 8 processes", () => {
  it("one makes the run of a key, all get it", async () => {
    for (let round = 0; round < 20; round += 1) {
      const results = toValues(await race((worker) => worker.create(sampleRun({ idempotencyKey: `key ${round}` }))));
      expect(results).toHaveLength(8);
      expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(results.map(({ run }) => run.id)).size).toBe(1);
    }
  });

  it("one takes the key of a run that makes room, each time it does", async () => {
    const taken: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const results = toValues(await race((worker) => worker.create(sampleRun({ idempotencyKey: "again" }))));
      expect(results).toHaveLength(8);
      const [winner, ...others] = results.filter(({ isNew }) => isNew);
      expect(others).toEqual([]);
      expect(new Set(results.map(({ run }) => run.id)).size).toBe(1);
      if (winner === undefined) throw new Error("nobody took the key");
      for (const id of taken) expect((await store.get(id))?.idempotencyKey).toBeNull();
      taken.push(winner.run.id);
      await store.update(winner.run.id, 1, { state: "failed", error: free });
    }
    expect(new Set(taken).size).toBe(20);
  });

  it("one is given each run that is purged, all of them together every one", async () => {
    const finishedAt = "2026-04-01T00:00:00.000Z";
    const projectId = "purged";
    const created = await Promise.all(
      Array.from({ length: 200 }, () => store.create(sampleRun({ state: "succeeded", finishedAt, projectId }))),
    );
    const purge = (worker: RunWorker) => worker.purge({ olderThan: "2026-05-01", projectId, limit: 15 });
    const purged: RunRecord[] = [];
    for (let more = toValues(await race(purge)).flat(); more.length > 0; more = toValues(await race(purge)).flat()) purged.push(...more);
    expect(toIds(purged)).toEqual(toIds(created.map(({ run }) => run)));
    expect((await store.list({ projectId })).runs).toEqual([]);
  });

  it("one changes a run at a version", async () => {
    const { run } = await store.create(sampleRun());
    for (let version = 1; version <= 20; version += 1) {
      const results = await race((worker) => worker.update(run.id, version, { room: "kitchen" }));
      expect(toValues(results)).toHaveLength(1);
      for (const reason of toReasons(results)) expect(reason).toMatchObject({ code: "run_conflict", currentVersion: version + 1 });
    }
    expect((await store.get(run.id))?.version).toBe(21);
  });

  it("one gets a prediction", async () => {
    for (let round = 0; round < 20; round += 1) {
      const runs = await Promise.all(workers.map(async () => (await store.create(sampleRun())).run.id));
      const attempts = [sampleAttempt({ predictionId: `prediction ${round}` })];
      const results = await race((worker) => worker.update(runs[workers.indexOf(worker)] ?? "", 1, { attempts }));
      expect(toValues(results)).toHaveLength(1);
      for (const reason of toReasons(results)) expect(reason).toMatchObject({ code: "run_conflict", currentVersion: 1 });
    }
  });

  it("each of 200 runs is claimed by one", async () => {
    const { runs } = await createMany(200, "unknown");
    const claimAll = async (worker: RunWorker): Promise<readonly RunRecord[]> => {
      const claimed = await worker.claim({ states: ["unknown"], leaseMs: minute, limit: 3 });
      return claimed.length === 0 ? [] : [...claimed, ...(await claimAll(worker))];
    };
    const claims = toValues(await race(claimAll));
    expect(claims.filter((claimed) => claimed.length > 0).length).toBeGreaterThan(1);
    // Claims that run into each other may come back with less than there is.
    claims.push(await store.claim({ states: ["unknown"], leaseMs: minute, limit: 200 }));
    expect(toIds(claims.flat())).toEqual(toIds(runs));
    expect(claims.flat().every(({ version }) => version === 2)).toBe(true);
  });

  it("each of 20 runs that all ask for is claimed by one", async () => {
    const { runs } = await createMany(20, "creating");
    for (const { id } of runs) {
      const claims = await race((worker) => worker.claim({ id, states: ["creating"], leaseMs: minute, limit: 1 }));
      expect(toReasons(claims)).toEqual([]);
      expect(toIds(toValues(claims).flat())).toEqual([id]);
    }
    await Promise.all(runs.map(({ id }) => store.update(id, 2, { state: "failed" })));
  });

  it("a run whose holder prolongs its lease is claimed by nobody", async () => {
    let { run } = await store.create(sampleRun({ state: "unknown", leaseMs: minute }));
    for (let round = 0; round < 20; round += 1) {
      const claims = race((worker) => worker.claim({ id: run.id, states: ["unknown"], leaseMs: minute, limit: 1 }));
      run = await store.update(run.id, run.version, { leaseMs: minute });
      expect(toValues(await claims).flat()).toEqual([]);
    }
    expect(run.version).toBe(21);
    await store.update(run.id, run.version, { state: "failed", leaseMs: null });
  });
});

it("a process that is killed holds what it claimed until its lease is over, and what it did not get hold of is free", async () => {
  const { runs } = await createMany(60, "creating");
  const options = { states: ["creating"], leaseMs: 2_000, limit: 2 } as const;
  const victim = await start();
  await victim.claim(options);
  const unanswered = Array.from({ length: 20 }, () => victim.claim(options).catch(() => []));
  await unanswered[0];
  await victim.kill();
  const leases = new Map((await listAll("creating")).map(({ id, leaseExpiresAt }) => [id, leaseExpiresAt]));
  expect([...leases.values()].some((lease) => lease !== null)).toBe(true);
  const again: RunRecord[] = [];
  for (const deadline = Date.now() + 15_000; again.length < runs.length && Date.now() < deadline; await wait(50)) {
    again.push(...(await store.claim({ ...options, leaseMs: minute, limit: 100 })));
  }
  expect(toIds(again)).toEqual(toIds(runs));
  for (const { id, updatedAt } of again) expect(updatedAt >= (leases.get(id) ?? "")).toBe(true);
});

describe("clients in many processes", () => {
  const request = { image: toDataUrl(tinyPng), room: "living_room", style: "scandinavian" } as const;

  it("wait for a run that another has started, and join it by its key", async () => {
    const simulator = await startReplicate({ clock: "running", timeScale: 0.01 });
    const options = { baseUrl: simulator.url, token: simulator.token };
    const keyed = { ...request, idempotencyKey: "order-1" };
    const client = new StagingClient({ ...options, runStore: store, clock: createFastClock(100) });
    const { id } = await client.start(keyed);
    const staged = toValues(await race((worker) => (worker === workers[0] ? worker.wait(options, id) : worker.stage(options, keyed))));
    expect(staged).toHaveLength(8);
    for (const run of staged) expect(run).toMatchObject({ id, state: "succeeded", images: [{ contentType: "image/png" }] });
    expect(await client.stage(keyed)).toMatchObject({ id, state: "succeeded" });
    expect(countOf(simulator, "create")).toBe(1);
    expect(await store.get(id)).toMatchObject({ state: "succeeded", cost: { microUsd: simulator.ledger.microUsd } });
  });

  it("pay once for one key, whoever comes first", async () => {
    // Another seed gives other prediction ids: these runs stand in one store.
    const simulator = await startReplicate({ clock: "running", timeScale: 0.01, seed: 2 });
    const options = { baseUrl: simulator.url, token: simulator.token };
    const staged = toValues(await race((worker) => worker.stage(options, { ...request, idempotencyKey: "order-2" })));
    expect(staged).toHaveLength(8);
    expect(new Set(staged.map(({ id }) => id)).size).toBe(1);
    expect(countOf(simulator, "create")).toBe(1);
  });
});

async function createMany(count: number, state: RunRecord["state"]): Promise<{ readonly runs: readonly RunRecord[] }> {
  const created = await Promise.all(Array.from({ length: count }, () => store.create(sampleRun({ state }))));
  return { runs: created.map(({ run }) => run) };
}

async function listAll(state: RunRecord["state"]): Promise<readonly RunRecord[]> {
  return (await store.list({ states: [state], limit: 1_000 })).runs;
}

function toIds(runs: readonly RunRecord[]): readonly string[] {
  return runs.map(({ id }) => id).sort();
}
