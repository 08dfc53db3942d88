import { MissingTableError } from "../../errors/missing-table-error.ts";
import type { ConfigStore } from "../../settings/config-store.ts";
import { checkSchema } from "./check-schema.ts";
import { createSettingReader } from "./create-setting-reader.ts";
import { toFiniteTime } from "./setting-sources.ts";
import { toSharedKeyCondition } from "./shared-key.ts";
import type { SqlQuery } from "./sql.ts";

/**
 * The settings that stand in the table `settings` of a database that is not migrated yet, to be looked at before it is: with
 * `settings.audit()`, or with `plan`. Each is at version 1; the column `model_settings` may be missing. Writing throws a
 * `MissingTableError`.
 * @throws {InvalidSchemaNameError}
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { StagingClient, createSettings } from "restage";
 * import { fromPg, unmigratedConfigStore } from "restage/postgres";
 *
 * const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
 * const settings = createSettings({ store: unmigratedConfigStore({ sql: fromPg(pool) }) });
 * const client = new StagingClient({ settings });
 * ```
 */
export function unmigratedConfigStore(options: { readonly sql: SqlQuery; readonly schema?: string | undefined }): ConfigStore {
  const { sql } = options;
  const schema = checkSchema(options.schema);
  // The name model_settings is looked for in the row first, and found beside it only where the table lacks the column.
  const rows = `select setting.key::text as key, 1 as version,
      case when setting.key = 'active_model' then pg_catalog.to_jsonb(setting.value)
        else pg_catalog.jsonb_build_object('modelId', setting.value, 'config', coalesce((select model_settings from (select setting.*) as own), '{}')) end as value,
      setting.updated_by as author_id, null::text as author_name, null::text as note, coalesce(${toFiniteTime("setting.updated_at")}, now()) as created_at
    from "${schema}".settings as setting, (select null::jsonb as model_settings) as absent
    where ${toSharedKeyCondition("setting.key")}`;
  const refuse = async (): Promise<never> => {
    throw new MissingTableError(`The settings in ${schema} cannot be written yet`);
  };
  return { ...createSettingReader(sql, { documents: rows, history: rows }), put: refuse, delete: refuse };
}
