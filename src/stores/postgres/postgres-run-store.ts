import { DatabaseError } from "../../errors/database-error.ts";
import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import { checkClaim, checkLease, checkList } from "../../runs/check-run-call.ts";
import { makesRoom } from "../../runs/makes-room.ts";
import type { RunRecord } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { toChanges } from "../../runs/to-changes.ts";
import { toPage } from "../memory/to-page.ts";
import { checkSchema } from "./check-schema.ts";
import { runStatement } from "./run-statement.ts";
import { toRunStatements } from "./run-statements.ts";
import type { SqlQuery, SqlRow } from "./sql.ts";
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
  const statements = toRunStatements(checkSchema(schema));
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
      let room: RunRecord | undefined;
      for (;;) {
        const row = await write(rest.id, 0, "create", record, leaseMs, room?.id ?? null, room?.version ?? null);
        const found = row && toRun(row);
        if (found && row?.is_new) return { run: found, isNew: true };
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
      const lease = [leaseMs !== undefined, leaseMs ?? null];
      const row = await write(id, expectedVersion, "update", toStorableText(id), expectedVersion, toStorableJson(changes), ...lease);
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
      const limit = checkList(filter, (cursor) => /^[1-9]\d{0,17}$/.test(cursor));
      const { states = null, predictionId, cursor = null } = filter;
      const wanted = [filter.projectId, filter.group, filter.modelId].map((text) => (text === undefined ? null : toStorableText(text)));
      const asked = [states, ...wanted, cursor, limit + 1];
      const rows = await (predictionId === undefined ? run("list", ...asked) : run("listOne", ...asked, toStorableText(predictionId)));
      const { items, last } = toPage(rows, limit);
      return { runs: items.map(toRun), ...(last && { cursor: last.cursor as string }) };
    },
  };
}

function toRun({ run }: SqlRow): RunRecord {
  return JSON.parse(run as string) as RunRecord;
}
