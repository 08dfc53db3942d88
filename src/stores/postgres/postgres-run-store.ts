import { DatabaseError } from "../../errors/database-error.ts";
import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import { checkClaim, checkLease, parseList, parsePurge } from "../../runs/check-run-call.ts";
import { makesRoom } from "../../runs/makes-room.ts";
import { parseSummaryOptions, toSummaryCursor } from "../../runs/parse-summary-options.ts";
import { finalStates, type RunRecord } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { toChanges } from "../../runs/to-changes.ts";
import type { SummaryGroup } from "../../runs/to-summary.ts";
import { type SummarySums, toSummaryRow } from "../../runs/to-summary-row.ts";
import { toPage } from "../memory/to-page.ts";
import { checkSchema } from "./check-schema.ts";
import { toListStatement } from "./list-statement.ts";
import { runStatement } from "./run-statement.ts";
import { toRunStatements } from "./run-statements.ts";
import type { SqlQuery, SqlRow } from "./sql.ts";
import { toSummaryStatement } from "./summary-statement.ts";
import { toStorableJson, toStorableText } from "./to-storable.ts";

/**
 * Runs in PostgreSQL, shared by every process that uses the schema, `public` unless told otherwise. Times and leases are the
 * database's. What it cannot keep, U+0000 and halves of surrogate pairs, is kept as U+FFFD.
 * @throws {InvalidSchemaNameError}
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { StagingClient } from "restage";
 * import { fromPg, postgresRunStore } from "restage/postgres";
 *
 * const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
 * const client = new StagingClient({ runStore: postgresRunStore({ sql: fromPg(pool) }) });
 * ```
 */
export function postgresRunStore({ sql, schema }: { readonly sql: SqlQuery; readonly schema?: string | undefined }): RunStore {
  const schemaName = checkSchema(schema);
  const statements = toRunStatements(schemaName);
  const run = (name: keyof typeof statements, ...parameters: readonly unknown[]) => runStatement(sql, statements[name], parameters);

  async function get(id: string): Promise<RunRecord | undefined> {
    const [row] = await run("get", toStorableText(id));
    return row && toRun(row);
  }

  /** Does a write; a unique value that another run has is a conflict at the version that is stored. */
  async function write(id: string, expectedVersion: number, ...call: Parameters<typeof run>): Promise<SqlRow | undefined> {
    try {
      const [row] = await run(...call);
      return row;
    } catch (error) {
      if (!DatabaseError.is(error) || error.sqlState !== "23505") throw error;
      throw new RunConflictError(id, expectedVersion, (await get(id))?.version ?? 0);
    }
  }

  return {
    async create({ leaseMs = null, idempotencyKey = null, ...rest }) {
      checkLease({ leaseMs });
      const record = toStorableJson({ ...rest, idempotencyKey });
      const holdsNone = rest.attempts.every(({ predictionId = null }) => predictionId === null);
      let room: RunRecord | undefined;
      for (;;) {
        if (room === undefined && holdsNone) {
          const row = await write(rest.id, 0, "create", record, leaseMs);
          if (row !== undefined) return { run: toCreated(record, row), isNew: true };
        } else {
          const row = await write(rest.id, 0, "createWith", record, leaseMs, room?.id ?? null, room?.version ?? null);
          if (row !== undefined) return { run: toRun(row), isNew: true };
        }
        const [holder] = await run("getByKey", idempotencyKey === null ? null : toStorableText(idempotencyKey));
        const found = holder && toRun(holder);
        if (found && !makesRoom(found)) {
          if (found.fingerprint !== rest.fingerprint) throw new IdempotencyConflictError(found.id);
          return { run: found, isNew: false };
        }
        // Without a run, the key was just being taken, or let go of: looked at again.
        room = found;
      }
    },
    get,
    async update(id, expectedVersion, patch) {
      checkLease(patch);
      const { leaseMs, ...changes } = toChanges(patch);
      const target = [toStorableText(id), expectedVersion] as const;
      const isLeaseAlone = leaseMs !== undefined && Object.keys(changes).length === 0;
      const name = changes.attempts === undefined ? "update" : "updateWith";
      const row = await (isLeaseAlone
        ? write(id, expectedVersion, "updateLease", ...target, leaseMs)
        : write(id, expectedVersion, name, ...target, toStorableJson(changes), leaseMs !== undefined, leaseMs ?? null));
      if (row !== undefined) return toRun(row);
      const current = await get(id);
      if (current === undefined) throw new RunNotFoundError(id);
      throw new RunConflictError(id, expectedVersion, current.version);
    },
    async claim(options) {
      checkClaim(options);
      const { id, states, leaseMs, limit } = options;
      const rows = await (id === undefined ? run("claim", states, leaseMs, limit) : run("claimOne", states, leaseMs, toStorableText(id)));
      return rows.map(toRun);
    },
    async list(filter = {}) {
      const checked = parseList(filter, (cursor) => /^[1-9]\d{0,17}$/.test(cursor));
      const { text, parameters } = toListStatement(schemaName, { ...filter, ...checked });
      const { items, last } = toPage(await runStatement(sql, text, parameters), checked.limit);
      return { runs: items.map(toRun), ...(last && { cursor: last.cursor as string }) };
    },
    async summarise(options) {
      const checked = parseSummaryOptions(options);
      const { text, parameters } = toSummaryStatement(schemaName, checked);
      const { items, last } = toPage((await runStatement(sql, text, parameters)).map(toGroup), checked.limit);
      const rows = items.map(({ values, sums }) => toSummaryRow(checked.by, values, sums));
      return { rows, ...(last && { cursor: toSummaryCursor(last.values) }) };
    },
    async purge(options) {
      const { olderThanMs, projectId, limit } = parsePurge(options);
      const project = projectId === undefined ? null : toStorableText(projectId);
      return (await run("purge", new Date(olderThanMs).toISOString(), finalStates, project, limit)).map(toRun);
    },
  };
}

function toRun({ run }: SqlRow): RunRecord {
  return JSON.parse(run as string) as RunRecord;
}

function toCreated(record: string, { version, created_at: createdAt, lease_expires_at: leaseExpiresAt }: SqlRow): RunRecord {
  return { ...JSON.parse(record), version, createdAt, updatedAt: createdAt, leaseExpiresAt };
}

// `values` and all sums are text, because drivers differ in what they make of large numbers.
function toGroup({ values, costMicroUsd, estimatedMicroUsd, p50DurationMs, p95DurationMs, ...counts }: SqlRow): SummaryGroup {
  const toDuration = (text: unknown) => (text === null ? null : Number(text));
  return {
    values: JSON.parse(values as string),
    sums: {
      ...(Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)])) as Counts),
      costMicroUsd: BigInt(costMicroUsd as string),
      estimatedMicroUsd: BigInt(estimatedMicroUsd as string),
      p50DurationMs: toDuration(p50DurationMs),
      p95DurationMs: toDuration(p95DurationMs),
    },
  };
}

type Counts = Omit<SummarySums, `${string}MicroUsd` | `${string}DurationMs`>;
