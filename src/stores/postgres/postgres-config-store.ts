import { VersionConflictError } from "../../errors/version-conflict-error.ts";
import { checkCall } from "../../settings/check-call.ts";
import type { ConfigDocument, ConfigStore } from "../../settings/config-store.ts";
import { checkSchema } from "./check-schema.ts";
import { checkSharedValue } from "./check-shared-value.ts";
import { createSettingReader } from "./create-setting-reader.ts";
import { runStatement } from "./run-statement.ts";
import { toSettingSources } from "./setting-sources.ts";
import type { Sql } from "./sql.ts";
import { toChannel } from "./to-channel.ts";
import { toIsoTime } from "./to-iso-time.ts";
import { watchSettings } from "./watch-settings.ts";

/** Where a store in PostgreSQL keeps its settings. */
export interface PostgresConfigStoreOptions {
  readonly sql: Sql;
  /** Default `"public"`. */
  readonly schema?: string | undefined;
  /** How long `watch` may take to connect and to get its first notification. Default 2,000. */
  readonly listenTimeoutMs?: number | undefined;
}

type CheckedWrite = ReturnType<typeof checkCall<"delete">>;

/** What a write answers: without a version, nothing was written. */
interface WriteRow {
  readonly version: number | null;
  readonly current_version: number;
  readonly updated_at: string;
  /** What stands there now, as JSON. */
  readonly value: string | null;
}

/**
 * Settings in PostgreSQL, shared by every process that uses the schema. The global active model and the global configs are rows of the
 * table `settings`, which other programs read and write, too: their writes are versions like any other. Each call is one statement.
 * `watch` is absent where `sql` cannot listen; it throws a `ListenUnavailableError` where notifications do not arrive.
 * @throws {InvalidSchemaNameError}
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { createSettings } from "restage";
 * import { fromPg, postgresConfigStore } from "restage/postgres";
 *
 * const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
 * const settings = createSettings({ store: postgresConfigStore({ sql: fromPg(pool) }) });
 * ```
 */
export function postgresConfigStore({ sql, listenTimeoutMs = 2_000, ...options }: PostgresConfigStoreOptions): ConfigStore {
  const schema = checkSchema(options.schema);
  const writing = `select written as version, current_version, ${toIsoTime("written_at")} as updated_at, written_value::text as value
    from "${schema}".restage_write_setting($1::text, $2::text::jsonb, $3::text::uuid, $4::text, $5::text, $6::bigint)`;

  /** Writes a JSON text, or with `null` deletes. Gives nothing where there was nothing to delete. */
  async function write(text: string | null, { key, author, note, expectedVersion }: CheckedWrite) {
    const [row] = await runStatement(sql, writing, [key, text, author.id ?? null, author.name, note, expectedVersion ?? null]);
    const { version, current_version: currentVersion, updated_at: updatedAt, value } = row as unknown as WriteRow;
    if (version !== null) return { key, version, author, note, updatedAt, value: JSON.parse(value ?? "null") };
    if (expectedVersion === undefined || expectedVersion === currentVersion) return undefined;
    throw new VersionConflictError(key, expectedVersion, currentVersion);
  }

  return {
    ...createSettingReader(sql, toSettingSources(schema)),
    async put(key, value, options) {
      const checked = checkCall("put", key, { ...options, key, value });
      const text = JSON.stringify(value);
      checkSharedValue(key, JSON.parse(text));
      return (await write(text, checked)) as ConfigDocument;
    },
    async delete(key, options) {
      return (await write(null, checkCall("delete", key, { ...options, key })))?.version ?? null;
    },
    ...(sql.listen && {
      watch: (listener) => watchSettings(sql as Required<Sql>, { channel: toChannel(schema), patienceMs: listenTimeoutMs }, listener),
    }),
  };
}
