import { toIsoTime } from "./to-iso-time.ts";

/** The statements of the run store, by the names of its methods. Each is all or nothing by itself. */
export function toRunStatements(schema: string) {
  const runs = `"${schema}".restage_runs`;
  const predictions = `"${schema}".restage_run_predictions`;
  const run = `(record || jsonb_build_object('version', version, 'createdAt', ${toIsoTime("created_at")}, 'updatedAt', ${toIsoTime("updated_at")},
    'leaseExpiresAt', ${toIsoTime("lease_expires_at")}))::text as run`;
  const toPredictions = (written: string) => `
    select id as run_id, attempt->>'predictionId' as prediction_id
    from ${written}, jsonb_array_elements(record->'attempts') as attempt
    where attempt->>'predictionId' is not null`;

  return {
    /** `$1` the run; `$2`, `$3` id and version of the run that makes room for it. Gives the run, or else the one that has the key. */
    create: `
      with freed as (
        update ${runs} set record = record || '{"idempotencyKey": null}', version = version + 1, updated_at = statement_timestamp()
        where id = $2::text and version = $3::integer
        returning id
      ), added as (
        insert into ${runs} (record) select $1::text::jsonb
        where $2::text is null or exists (select from freed)
        on conflict (idempotency_key) do nothing
        returning *
      ), taken as (
        insert into ${predictions} (run_id, prediction_id) ${toPredictions("added")}
      )
      select ${run}, true as is_new from added
      union all
      select ${run}, false as is_new from ${runs}
      where idempotency_key = $1::text::jsonb->>'idempotencyKey' and not exists (select from added)`,

    /** `$1` the id. */
    get: `select ${run} from ${runs} where id = $1::text`,

    /** `$1` id, `$2` expected version, `$3` what changes, `$4` whether the lease does, `$5` the lease. Gives nothing at another version. */
    update: `
      with updated as (
        update ${runs} set record = record || $3::text::jsonb, version = version + 1, updated_at = statement_timestamp(),
          lease_expires_at = case when $4::boolean then $5::text::timestamptz else lease_expires_at end
        where id = $1::text and version = $2::double precision
        returning *
      ), wanted as (${toPredictions("updated")}
      ), freed as (
        delete from ${predictions}
        where run_id = (select id from updated) and prediction_id not in (select prediction_id from wanted)
      ), taken as (
        insert into ${predictions} (run_id, prediction_id)
        select run_id, prediction_id from wanted
        where prediction_id not in (select prediction_id from ${predictions} where run_id = $1::text)
      )
      select ${run} from updated`,

    /** `$1` states, `$2` the lease in milliseconds, `$3` how many. */
    claim: `
      with free as (
        select id from ${runs}
        where state = any ($1::text[]) and (lease_expires_at is null or lease_expires_at <= statement_timestamp())
        order by sequence
        limit $3::bigint
        for update skip locked
      ), claimed as (
        update ${runs} as held set version = version + 1, updated_at = statement_timestamp(),
          lease_expires_at = statement_timestamp() + $2::double precision * interval '1 millisecond'
        from free where held.id = free.id
        returning held.*
      )
      select ${run} from claimed order by sequence`,

    /** `$1` states, `$2` project, `$3` group, `$4` model, each `null` for any; `$5` the cursor, `$6` how many. */
    list: `
      select sequence::text as cursor, ${run} from ${runs}
      where ($1::text[] is null or state = any ($1::text[])) and ($2::text is null or project_id = $2::text)
        and ($3::text is null or run_group = $3::text) and ($4::text is null or model_id = $4::text)
        and ($5::text is null or sequence < $5::text::bigint)
      order by sequence desc
      limit $6::integer`,
  };
}
