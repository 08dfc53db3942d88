import pg from "pg";
import { onTestFinished, vi } from "vitest";
import type { RunStore } from "../../src/runs/run-store.ts";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import type { ReplicateSimulator, WebhookOptions } from "../../src/testing/index.ts";
import { setEnvironment } from "../client/helpers.ts";
import { createDatabase } from "../postgres/create-database.ts";
import { startReplicate } from "../replicate/helpers.ts";
import { type LocalS3, startS3 } from "./start-s3.ts";

/** What a service of several processes works with. */
export interface Surroundings {
  /** Its clock stands still. */
  readonly simulator: ReplicateSimulator;
  readonly s3: LocalS3;
  /** The run store that all processes share. */
  readonly runStore: RunStore;
}

/** A simulator, a bucket and a database, in the environment as `examples/service-client.ts` reads it; gone with the test. */
export async function startService(webhooks: WebhookOptions = {}): Promise<Surroundings> {
  const [s3, simulator, database] = [await startS3(), await startReplicate({ webhooks }), await createDatabase()];
  const pool = new pg.Pool(database);
  onTestFinished(async () => {
    // The pools of the examples lose their connections here, and say so.
    const silent = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await pool.end();
    await database.drop();
    silent.mockRestore();
  });
  const sql = fromPg(pool);
  await migrate({ sql });
  const environment = {
    DATABASE_URL: database.connectionString,
    REPLICATE_API_TOKEN: simulator.token,
    REPLICATE_BASE_URL: simulator.url,
    REPLICATE_WEBHOOK_SECRET: simulator.webhookSecret,
    WEBHOOK_URL: "https://example.com/api/replicate",
    S3_BUCKET: "images",
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "S3RVER",
    AWS_SECRET_ACCESS_KEY: "S3RVER",
  };
  for (const [name, value] of Object.entries(environment)) setEnvironment(name, value);
  return { simulator, s3, runStore: postgresRunStore({ sql }) };
}
