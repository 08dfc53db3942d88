import { toDocument } from "../setting-sources.ts";
import { toSharedKeyCondition } from "../shared-key.ts";
import { defineMigration } from "./define-migration.ts";

const [before, after] = [toSharedKeyCondition("old.key"), toSharedKeyCondition("new.key")];

const events = [
  { name: "inserted", event: "insert", when: after },
  { name: "updated", event: "update", when: `${before} or ${after}` },
  { name: "deleted", event: "delete", when: before },
];

/** What other programs do to the settings in `settings` becomes versions, too. What goes wrong then is a warning. */
export const restageSettingsTriggers = defineMigration({
  version: 17,
  name: "restage_settings_triggers",
  up: (schema) => [
    // Who changed it is who the row names, where the statement changed when or who. The row as it was, lest a version was not recorded.
    `create or replace function "${schema}".restage_setting_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '100ms' as $restage$
begin
  if tg_op = 'TRUNCATE' then
    perform "${schema}".restage_record_settings();
    return null;
  end if;
  if ${before} then
    perform "${schema}".restage_record_version(old.key::text, ${toDocument(schema, "old")}, dated => old.updated_at);
    if new.key is distinct from old.key then
      perform "${schema}".restage_record_version(old.key::text, null::jsonb);
    end if;
  end if;
  if ${after} then
    perform "${schema}".restage_record_version(new.key::text, ${toDocument(schema, "new")}, by_id =>
      case when (new.updated_at, new.updated_by) is distinct from (old.updated_at, old.updated_by) then new.updated_by end);
  end if;
  return null;
exception when others then
  raise warning 'restage recorded no version of a setting: % (%)', sqlerrm, sqlstate;
  return null;
end
$restage$`,
    `revoke all on function "${schema}".restage_setting_changed from public`,
    ...events.map(
      ({ name, event, when }) => `create or replace trigger restage_setting_${name} after ${event} on "${schema}".settings
for each row when (${when}) execute function "${schema}".restage_setting_changed()`,
    ),
    `create or replace trigger restage_setting_truncated after truncate on "${schema}".settings
for each statement execute function "${schema}".restage_setting_changed()`,
    // What stands there now.
    `select "${schema}".restage_record_settings()`,
  ],
  down: (schema) => [
    ...[...events.map(({ name }) => name), "truncated"].map(
      (name) => `drop trigger if exists restage_setting_${name} on "${schema}".settings`,
    ),
    `drop function if exists "${schema}".restage_setting_changed`,
  ],
});
