// The client of a service of several processes or functions: runs in PostgreSQL, images in S3. The other examples import it.
//
// DATABASE_URL, REPLICATE_API_TOKEN, WEBHOOK_URL, S3_BUCKET, and what the AWS SDK reads. The tables: npx restage migrate
import { S3Client } from "@aws-sdk/client-s3";
import pg from "pg";
import { StagingClient } from "restage";
import { fromPg, postgresRunStore } from "restage/postgres";
import { s3Sink } from "./s3-sink.ts";

const { DATABASE_URL, S3_BUCKET = "images", WEBHOOK_URL = "https://example.com/api/replicate", REPLICATE_BASE_URL } = process.env;

export const pool = new pg.Pool({ connectionString: DATABASE_URL });
// A connection at rest that breaks would end the process.
pool.on("error", (error) => console.error(error.message));

export const client = new StagingClient({
  runStore: postgresRunStore({ sql: fromPg(pool) }),
  sink: s3Sink({ client: new S3Client({}), bucket: S3_BUCKET }),
  webhook: { url: WEBHOOK_URL },
  baseUrl: REPLICATE_BASE_URL, // only where it is not Replicate itself, as in a test
  onEvent: (event) => {
    if (event.type === "image.failed") console.error(`${event.runId}: ${event.reason}`);
    if (event.type === "run.left_unknown") console.error(`${event.runId} needs a person: ${event.reason}`);
  },
});
