import { toSharedKeyCondition } from "./shared-key.ts";

/** Subqueries with the columns key, version, value, author_id, author_name, note and created_at. */
export interface SettingSources {
  /** The newest version of each setting; those whose value is null are none. */
  readonly documents: string;
  /** All versions; a value of null is a deletion. */
  readonly history: string;
}

const columns = "key, version, value, author_id, author_name, note, created_at";

/**
 * Where settings are read. Of a shared setting the row in `settings` is the truth, and the versions follow it: a row that differs from
 * its newest version, or lacks, is a version that nobody has recorded yet.
 */
export function toSettingSources(schema: string): SettingSources {
  const versions = `select ${columns} from "${schema}".restage_setting_versions as newest`;
  const unrecorded = toUnrecorded(schema);
  const row = `(select ${toDocument(schema, "setting")} from "${schema}".settings as setting where setting.key::text = newest.key)`;
  return {
    documents: `${versions} where latest and (not ${toSharedKeyCondition("newest.key")} or value = ${row}) union all ${unrecorded}`,
    history: `${versions} union all ${unrecorded}`,
  };
}

/**
 * The versions that nobody has recorded yet, as such a subquery. Their author is whom the row names, unless that is the one before.
 * Migrations hold it: what was released stays as it is.
 */
export function toUnrecorded(schema: string): string {
  const document = toDocument(schema, "setting");
  return `select setting.key::text as key, coalesce(newest.version, 0) + 1 as version, ${document} as value,
    nullif(setting.updated_by, newest.author_id) as author_id, null::text as author_name, null::text as note,
    coalesce(greatest(${toFiniteTime("setting.updated_at")}, newest.created_at), now()) as created_at
  from "${schema}".settings as setting
  left join "${schema}".restage_setting_versions as newest on newest.key = setting.key::text and newest.latest
  where ${toSharedKeyCondition("setting.key")} and ${document} is distinct from newest.value
  union all
  select newest.key, newest.version + 1, null, null, null, null, now()
  from "${schema}".restage_setting_versions as newest
  where newest.latest and newest.value is not null and ${toSharedKeyCondition("newest.key")}
    and not exists (select from "${schema}".settings as setting where setting.key::text = newest.key)`;
}

/** A time that other programs wrote, which may be infinite. */
export function toFiniteTime(column: string): string {
  return `case when pg_catalog.isfinite(${column}) then ${column} end`;
}

/** The value of the setting that a row of `settings` holds. */
export function toDocument(schema: string, row: string): string {
  return `"${schema}".restage_document(${row}.key::text, ${row}.value::text, ${row}.model_settings)`;
}
