import { defineMigration } from "./define-migration.ts";

const kontext = `{"aspect_ratio": "match_input_image", "output_format": "png", "safety_tolerance": 4, "prompt_upsampling": false, "num_outputs": 1, "output_quality": 90}`;
const seedream = (ratio: string) => `{"aspect_ratio": "${ratio}", "num_inference_steps": 50, "guidance_scale": 7.5, "output_quality": 95}`;

const defaultRows = [
  [
    "qwen",
    "qwen/qwen-image-edit",
    "Qwen Image Edit",
    `{"go_fast": true, "aspect_ratio": "match_input_image", "output_format": "webp", "output_quality": 80}`,
  ],
  ["flux_kontext_max", "black-forest-labs/flux-kontext-max", "Flux Kontext Max", kontext],
  ["flux_kontext_pro", "black-forest-labs/flux-kontext-pro", "Flux Kontext Pro", kontext],
  ["seedream_3", "bytedance/seedream-3", "Seedream 3", seedream("1:1")],
  ["seedream_4", "bytedance/seedream-4", "Seedream 4", seedream("match_input_image")],
]
  .map(([key, value, name, config]) => `('model_config_${key}', '${value}', 'Configuration for ${name} model', '${config}'::jsonb)`)
  .join(",\n      ");

/**
 * The configs of the models in the table `settings`, which other programs share. Whatever of it is there already stays as it is: a table
 * with the column counts as migrated. `made` in the ledger names what was not there, and only that is removed again.
 */
export const addModelSettings = defineMigration({
  version: 15,
  name: "add_model_settings",
  up: (schema) => [
    `do $restage$
declare
  made jsonb := '[]';
  shared regclass;
  problems text;
  kind text;
begin
  if exists (select from "${schema}".restage_migrations where version = 15) then
    return;
  end if;

  if to_regclass('"${schema}".settings') is null then
    create table "${schema}".settings (
      key varchar(255) primary key,
      value text not null,
      description text,
      updated_at timestamptz default now(),
      updated_by uuid
    );
    made := made || '["settings"]';
  end if;

  shared := '"${schema}".settings';
  select string_agg(problem, '; ') into problems from (
    select 'it is no table' as problem from pg_class where oid = shared and relkind not in ('r', 'p')
    union all
    select 'key is not unique' where not exists (
      select from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      where indrelid = shared and attname = 'key' and indnkeyatts = 1 and indisunique and indimmediate and indisvalid and indpred is null
    )
    union all
    select attname || ' is of type ' || format_type(atttypid, null) from pg_attribute
    where attrelid = shared and (
      attname = 'value' and atttypid not in ('text'::regtype, 'varchar'::regtype) or attname = 'updated_by' and atttypid <> 'uuid'::regtype
    )
    union all
    select attname || ' is not null and has no default' from pg_attribute
    where attrelid = shared and attnum > 0 and not attisdropped and attnotnull and not atthasdef and attidentity = ''
      and attname not in ('key', 'value', 'description', 'updated_at')
    union all
    select 'it lacks ' || string_agg(name, ', ' order by place)
    from unnest(array['key', 'value', 'description', 'updated_at', 'updated_by']) with ordinality as needed (name, place)
    where not exists (select from pg_attribute where attrelid = shared and attname = name)
    having count(*) > 0
  ) as found;
  if problems is not null then
    raise exception 'the table ${schema}.settings is made for something else (%): change that, or use another schema', problems;
  end if;

  select format_type(atttypid, null) into kind from pg_attribute where attrelid = shared and attname = 'model_settings';
  if kind <> 'jsonb' then
    raise exception 'the column model_settings of ${schema}.settings is of type %: make it jsonb, then migrate again', kind;
  end if;

  if kind is null then
    alter table "${schema}".settings add column model_settings jsonb;
    made := made || '["settings.model_settings"]';
    create index if not exists idx_settings_model_settings on "${schema}".settings using gin (model_settings);
    with inserted as (
      insert into "${schema}".settings (key, value, description, model_settings) values
      ${defaultRows}
      on conflict (key) do nothing
      returning key
    )
    select made || coalesce(jsonb_agg(key), '[]') into made from inserted;
  end if;

  insert into "${schema}".restage_migrations (version, name, made) values (15, 'add_model_settings', made);
end
$restage$`,
  ],
  down: (schema) => [
    `do $restage$
declare
  made jsonb;
begin
  if to_regclass('"${schema}".restage_migrations') is not null then
    select ledger.made into made from "${schema}".restage_migrations as ledger where version = 15;
  end if;
  if coalesce(made, '[]') = '[]' then
    return;
  end if;

  if coalesce(current_setting('restage.discard', true), '') <> 'on' and exists (
    select key, value, description, model_settings, updated_by::text from "${schema}".settings
    where made @> '"settings"' or made @> to_jsonb(key::text) or model_settings is not null
    except
    select key, value, description, model_settings, null from (values
      ${defaultRows}
    ) as defaults (key, value, description, model_settings)
  ) then
    raise exception using errcode = 'RS001', message = 'The settings that were made in ${schema}.settings would be lost',
      hint = 'To discard them: set restage.discard = ''on''';
  end if;

  if made @> '"settings"' then
    drop table "${schema}".settings;
  else
    delete from "${schema}".settings where made @> to_jsonb(key::text);
    alter table "${schema}".settings drop column model_settings;
  end if;
end
$restage$`,
  ],
});
