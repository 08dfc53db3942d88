// A process of its own that does what it is told with a run store, many things at once: `[number, method, …arguments]` comes in,
// `[number, "fulfilled" | "rejected", value]` goes out.
import pg from "pg";
import { StagingClient } from "../../../src/client/staging-client.ts";
import { RestageError } from "../../../src/errors/restage-error.ts";
import { fromPg } from "../../../src/stores/postgres/from-pg.ts";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import { createFastClock } from "../../../src/testing/index.ts";

const [, , connectionString, schema] = process.argv;
const runStore = postgresRunStore({ sql: fromPg(new pg.Pool({ connectionString })), schema });

const methods: Readonly<Record<string, (...given: never[]) => Promise<unknown>>> = {
  ...runStore,
  stage: (options: object, request: never) => new StagingClient({ ...options, runStore, clock: createFastClock(100) }).stage(request),
  wait: (options: object, id: string) => new StagingClient({ ...options, runStore, clock: createFastClock(100) }).wait(id),
};

process.on("message", async ([number, method, ...given]: [number, string, ...never[]]) => {
  try {
    process.send?.([number, "fulfilled", await methods[method]?.(...given)]);
  } catch (error) {
    process.send?.([number, "rejected", RestageError.is(error) ? error.toJSON() : String(error)]);
  }
});
process.send?.([0, "fulfilled", null]);
