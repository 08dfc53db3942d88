import { toDocument, toUnrecorded } from "../setting-sources.ts";
import { toSharedKeyCondition } from "../shared-key.ts";
import { toChannel } from "../to-channel.ts";
import { defineMigration } from "./define-migration.ts";
import { refuseToDiscard } from "./refuse-to-discard.ts";

/** The versions of all settings, and the one function that writes settings. */
export const restageSettings = defineMigration({
  version: 16,
  name: "restage_settings",
  up: (schema) => [
    // A value of null: deleted.
    `create table if not exists "${schema}".restage_setting_versions (
  key text not null,
  version integer not null,
  latest boolean not null default true,
  value jsonb,
  author_id uuid,
  author_name text,
  note text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (key, version)
)`,
    `create unique index if not exists restage_setting_versions_latest on "${schema}".restage_setting_versions (key) where latest`,

    // Runs under the search path of whoever calls it. Not immutable, as what it calls is not: else it would not be inlined.
    `create or replace function "${schema}".restage_document(key text, value text, model_settings jsonb) returns jsonb
language sql stable parallel safe as $restage$
  select case
    when key = 'active_model' then pg_catalog.to_jsonb(value)
    else pg_catalog.jsonb_build_object('modelId', value, 'config', coalesce(model_settings, '{}'))
  end
$restage$`,

    // Reads nothing before it writes, so that it gives the serializable transactions of other programs no cause to fail.
    `create or replace function "${schema}".restage_record_version(
  of_key text, document jsonb, by_id uuid default null, by_name text default null, with_note text default null,
  dated timestamptz default null, forced boolean default false, on_version integer default null
) returns boolean
language plpgsql set search_path = pg_catalog, pg_temp as $restage$
declare
  number integer := 1;
  moment constant timestamptz := case when isfinite(dated) then dated else clock_timestamp() end;
begin
  insert into "${schema}".restage_setting_versions (key, version, value, author_id, author_name, note, created_at)
  values (of_key, 1, document, by_id, by_name, with_note, moment)
  on conflict do nothing;
  if not found then
    -- Number 0, because a number that is there would fail where a concurrent write hides the newest version for a moment.
    insert into "${schema}".restage_setting_versions as newest (key, version, value) values (of_key, 0, document)
    on conflict (key) where latest do update set latest = false
    where (forced or newest.value is distinct from excluded.value) and (on_version is null or newest.version = on_version)
    returning newest.version + 1 into number;
    if not found then
      return false;
    end if;
    insert into "${schema}".restage_setting_versions (key, version, value, author_id, author_name, note, created_at)
    values (of_key, number, document, by_id, by_name, with_note, moment);
  end if;
  perform pg_notify('${toChannel(schema)}', json_build_object('key', of_key, 'version', number)::text);
  return true;
end
$restage$`,

    `create or replace function "${schema}".restage_record_settings() returns void
language sql set search_path = pg_catalog, pg_temp as $restage$
  select "${schema}".restage_record_version(key, value, by_id => author_id, dated => created_at)
  from (${toUnrecorded(schema)}) as unrecorded
$restage$`,

    // Locks the row before its versions, as the statements of other programs do: else the two could deadlock. The schema is in its search
    // path for the triggers that other programs have on the table.
    `create or replace function "${schema}".restage_write_setting(
  of_key text, document jsonb, by_id uuid, by_name text, with_note text, expected bigint,
  out written integer, out current_version integer, out written_at timestamptz, out written_value jsonb
)
language plpgsql security definer set search_path = pg_catalog, "${schema}", pg_temp as $restage$
declare
  is_shared constant boolean := ${toSharedKeyCondition("of_key")};
  is_stored boolean := true;
  stored jsonb := document;
  last record;
begin
  for attempt in 1 .. 100 loop
    if is_shared then
      perform from "${schema}".settings as setting where setting.key::text = of_key for update;
      is_stored := found;
      perform "${schema}".restage_record_version(key, value, by_id => author_id, dated => created_at)
      from (${toUnrecorded(schema)}) as unrecorded
      where is_stored and key = of_key;
    end if;

    select version, value into last from "${schema}".restage_setting_versions where key = of_key and latest;
    current_version := case when last.value is null or not is_stored then 0 else last.version end;
    if expected <> current_version or (document is null and current_version = 0) then
      return;
    end if;

    if not is_shared then
      continue when not "${schema}".restage_record_version(of_key, document, by_id, by_name, with_note,
        forced => document is not null, on_version => case when expected is not null then coalesce(last.version, 0) end);
    else
      if document is null then
        delete from "${schema}".settings as setting where setting.key::text = of_key;
      elsif is_stored then
        update "${schema}".settings as setting
        set value = coalesce(document->>'modelId', document#>>'{}'), model_settings = coalesce(document->'config', setting.model_settings),
          updated_at = now(), updated_by = by_id
        where setting.key::text = of_key;
      elsif of_key = 'active_model' then
        insert into "${schema}".settings (key, value, description, updated_at, updated_by)
        values (of_key, document#>>'{}', 'Active model', now(), by_id)
        on conflict do nothing;
      else
        insert into "${schema}".settings (key, value, description, model_settings, updated_at, updated_by)
        values (of_key, document->>'modelId', 'Configuration for ' || (document->>'modelId') || ' model', document->'config', now(), by_id)
        on conflict do nothing;
      end if;
      continue when not found;
      -- The triggers of other programs may have changed it.
      stored := (select ${toDocument(schema, "setting")} from "${schema}".settings as setting where setting.key::text = of_key);

      -- The trigger has recorded it, if there is one and the value is new.
      update "${schema}".restage_setting_versions set author_id = by_id, author_name = by_name, note = with_note
      where key = of_key and latest and version > coalesce(last.version, 0) and value is not distinct from stored;
      if not found then
        perform "${schema}".restage_record_version(of_key, stored, by_id, by_name, with_note, forced => true);
      end if;
    end if;

    select version, created_at, value into written, written_at, written_value
    from "${schema}".restage_setting_versions where key = of_key and latest;
    return;
  end loop;
  raise exception 'the table ${schema}.settings takes no change of %', of_key;
end
$restage$`,
    `revoke all on function "${schema}".restage_write_setting from public`,
  ],
  down: (schema) => [
    refuseToDiscard({
      schema,
      table: "restage_setting_versions",
      where: `version > 1 or author_name is not null or not ${toSharedKeyCondition("key")}`,
      what: `The history of the settings in ${schema}, and those of projects, would be lost`,
    }),
    ...["write_setting", "record_settings", "record_version", "document"].map(
      (name) => `drop function if exists "${schema}".restage_${name}`,
    ),
    `drop table if exists "${schema}".restage_setting_versions`,
  ],
});
