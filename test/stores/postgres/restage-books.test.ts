import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "../../../src/stores/postgres/migrate.ts";
import { migrateDown } from "../../../src/stores/postgres/migrate-down.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { sampleImage, sampleRun } from "../../../src/testing/run-store-suite.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import type { OpenSql } from "../../postgres/open-sql.ts";
import { createRunsSchema } from "./create-runs-schema.ts";

let database: OpenSql;
beforeAll(async () => {
  database = await openDatabase("pg");
});
afterAll(() => database.close());

it("knows all of runs that were there before it, and loses none of it on the way down and up again", async () => {
  const { sql } = database;
  const schema = `books_${randomUUID().replaceAll("-", "")}`;
  await migrate({ sql, schema });
  await migrateDown({ sql, schema, to: 19 });
  const store = postgresRunStore({ sql, schema });
  const image = sampleImage({ sha256: "1".repeat(64), perceptualHash: "0123456789abcdef" });
  const { run } = await store.create(
    sampleRun({
      state: "succeeded",
      finishedAt: "2026-04-01T00:00:00.000Z",
      variant: "a",
      images: [image],
      cost: { microUsd: 30_000, basis: "table", priceVersion: null, outputs: 1 },
      feedback: { accepted: true, reason: null, at: "2026-04-02T00:00:00.000Z" },
    }),
  );
  expect((await store.list()).runs).toEqual([run]);
  const looks = { hash: "0".repeat(16), maximumDistance: 1 };
  const asked = [
    store.summarise({ by: [] }),
    store.summarise({ by: ["variant"] }),
    store.purge({ olderThan: "2026-04-01" }),
    ...[{ variant: "a" }, { finishedBefore: "2026-04-01" }, { perceptualHash: looks }].map((filter) => store.list(filter)),
  ];
  for (const result of await Promise.allSettled(asked)) expect(result).toMatchObject({ reason: { code: "missing_table" } });

  const ask = async () => [
    await store.summarise({ by: ["variant"] }),
    (await store.list({ variant: "a", imageSha256: image.sha256, finishedBefore: "2026-05-01" })).runs,
    (await store.list({ perceptualHash: { hash: "0123456789abcdee", maximumDistance: 1 } })).runs,
  ];
  await migrate({ sql, schema });
  const answers = await ask();
  expect(answers).toEqual([
    { rows: [expect.objectContaining({ variant: "a", costMicroUsd: 30_000, images: 1, accepted: 1 })] },
    [run],
    [run],
  ]);
  await migrateDown({ sql, schema, to: 19 });
  await migrate({ sql, schema });
  expect(await ask()).toEqual(answers);
});

it("fails no write for what a record says, and reads no nonsense out of it", async () => {
  const schema = await createRunsSchema(database.sql);
  const store = postgresRunStore({ sql: database.sql, schema });
  const times = ["2026-02-31", "2026-00-01", "2026-01-00", "2025-02-29", "0000-01-01", "2026-13-01"].map((day) => `${day}T00:00:00.000Z`);
  const ends = [...times, "2026-04-01T24:00:00.000Z", "2026-04-01T00:60:00.000Z", "2026-04-01", "soon", "", 5, {}, [], null];
  const costs = ["x", 7, [], { microUsd: -1 }, { microUsd: 0.5 }, { microUsd: 1e300 }, { microUsd: "7e3" }, { microUsd: {}, basis: [] }];
  const images = ["x", {}, [7], [null], [{ sha256: 7, perceptualHash: 7 }], [{ perceptualHash: "xyz" }, { perceptualHash: "0" }]];
  const feedbacks = ["x", [], { accepted: "yes" }, { accepted: 1 }, { accepted: null }];
  const nonsense = [
    ...ends.map((finishedAt) => ({ finishedAt })),
    ...costs.map((cost) => ({ cost })),
    ...images.map((given) => ({ images: given })),
    ...feedbacks.map((feedback) => ({ feedback })),
  ];
  for (const given of nonsense) await store.create(sampleRun({ state: "succeeded", ...(given as object) }));
  const { rows } = await store.summarise({ by: [] });
  expect(rows[0]).toMatchObject({
    runs: nonsense.length,
    accepted: 0,
    costMicroUsd: 0,
    unknownCosts: nonsense.length,
    p50DurationMs: null,
  });
  expect(await store.list({ perceptualHash: { hash: "0".repeat(16), maximumDistance: 64 } })).toEqual({ runs: [] });
  expect(await store.list({ imageSha256: "0".repeat(64) })).toEqual({ runs: [] });
  expect(await store.purge({ olderThan: "9999-12-31" })).toEqual([]);
  // A leap day is a day.
  const { run } = await store.create(sampleRun({ state: "failed", finishedAt: "2024-02-29T23:59:59.999Z" }));
  expect(await store.purge({ olderThan: "2024-03-01" })).toEqual([run]);
});
