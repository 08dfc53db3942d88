import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { UnknownOutcomeError } from "../../src/errors/unknown-outcome-error.ts";
import type { RunRecord } from "../../src/runs/run.ts";
import { toRunError } from "../../src/runs/run-changes.ts";
import type { NewRun, RunStore } from "../../src/runs/run-store.ts";
import { fromPg } from "../../src/stores/postgres/from-pg.ts";
import { migrate } from "../../src/stores/postgres/migrate.ts";
import { postgresRunStore } from "../../src/stores/postgres/postgres-run-store.ts";
import type { ReplicateSimulator } from "../../src/testing/index.ts";
import { sampleAttempt } from "../../src/testing/run-store-cases/sample-attempt.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { createDatabase, type TestDatabase } from "../postgres/create-database.ts";
import { startReplicate } from "../replicate/helpers.ts";
import { recordTerminal } from "./record-terminal.ts";

/** What a command left. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where the tests of a file work. */
export interface RunsSetting {
  readonly connectionString: string;
  readonly runStore: RunStore;
  /** A directory of the file's own. */
  readonly directory: string;
}

/** A database with an empty run store, a directory and an environment that names the database, for all tests of a file. */
export function setUpRuns(): RunsSetting {
  let database: TestDatabase;
  let pool: pg.Pool;
  const setting = { connectionString: "", runStore: {} as RunStore, directory: "" };
  beforeAll(async () => {
    setting.directory = await mkdtemp(join(tmpdir(), "restage-runs-"));
    database = await createDatabase();
    setting.connectionString = database.connectionString;
    pool = new pg.Pool({ connectionString: database.connectionString });
    const sql = fromPg(pool);
    await migrate({ sql });
    setting.runStore = postgresRunStore({ sql });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
    await rm(setting.directory, { recursive: true });
  });
  beforeEach(() => {
    vi.stubEnv("DATABASE_URL", setting.connectionString);
    vi.stubEnv("RESTAGE_DATA", join(setting.directory, "never"));
    vi.stubEnv("REPLICATE_API_TOKEN", undefined);
    return () => vi.unstubAllEnvs();
  });
  return setting;
}

let seed = 0;

/** A simulator of the test's own, whose clock stands still and whose ids are no other's, and an environment that names it. */
export async function startNamedReplicate(): Promise<ReplicateSimulator> {
  seed += 1;
  const simulator = await startReplicate({ seed });
  vi.stubEnv("REPLICATE_BASE_URL", simulator.url);
  vi.stubEnv("REPLICATE_API_TOKEN", simulator.token);
  return simulator;
}

/** Runs a command in this process. */
export async function run(...words: string[]): Promise<Ended> {
  const terminal = recordTerminal();
  const code = await runCommandLine(words, terminal);
  return { code, stdout: terminal.printed.join("\n"), stderr: terminal.noted.join("\n") };
}

/** What a command says with --json; it must end with this code. */
export async function ask(words: readonly string[], expected = 0) {
  const { code, stdout } = await run(...words, "--json");
  expect(code, stdout).toBe(expected);
  return JSON.parse(stdout);
}

/** A run that is left for a person, as a client leaves it; sent just now. */
export async function leaveUnknown({ runStore }: RunsSetting, overrides: Partial<NewRun> = {}): Promise<RunRecord> {
  const id = `run_${crypto.randomUUID()}`;
  const error = toRunError(new UnknownOutcomeError(id, "HTTP 502; the input is not told"));
  const attempts = [sampleAttempt({ sentAt: new Date().toISOString(), error })];
  const left = sampleRun({ id, state: "unknown", error, attempts, leaseMs: 365 * 86_400_000, ...overrides });
  return (await runStore.create(left)).run;
}
