import { runColumn as run } from "./run-column.ts";
import { toIsoTime } from "./to-iso-time.ts";

/** The statements of the run store, by the names of its methods. Each is all or nothing by itself. */
export function toRunStatements(schema: string) {
  const runs = `"${schema}".restage_runs`;
  const predictions = `"${schema}".restage_run_predictions`;
  const toPredictions = (written: string) => `
    select id as run_id, attempt->>'predictionId' as prediction_id
    from ${written}, jsonb_array_elements(record->'attempts') as attempt
    where attempt->>'predictionId' is not null`;
  const toLease = (leaseMs: string) => `statement_timestamp() + ${leaseMs}::double precision * interval '1 millisecond'`;
  const stamp = "version = version + 1, updated_at = statement_timestamp()";
  const lease = `lease_expires_at = case when $4::boolean then ${toLease("$5")} else lease_expires_at end`;
  const isFree = "(lease_expires_at is null or lease_expires_at <= statement_timestamp())";
  const claim = (free: string) => `
      with free as (${free}
      ), claimed as (
        update ${runs} set ${stamp}, lease_expires_at = ${toLease("$2")}
        where id = any (array(select id from free))
        returning *
      )
      select ${run} from claimed order by sequence`;

  return {
    /**
     * `$1` the run, which holds no prediction, `$2` its lease in ms. Gives nothing where its key belongs to another run. The run itself is
     * not given back: it is as it was sent, and to write and read it once more takes as long as the rest.
     */
    create: `
      insert into ${runs} (record, lease_expires_at) values ($1::text::jsonb, ${toLease("$2")})
      on conflict (idempotency_key) do nothing
      returning version, ${toIsoTime("created_at")} as created_at, ${toIsoTime("lease_expires_at")} as lease_expires_at`,

    /** `$1`, `$2` the same, of a run that may hold predictions; `$3`, `$4` id and version of the run that makes room, or `null`. */
    createWith: `
      with freed as (
        update ${runs} set record = record || '{"idempotencyKey": null}', ${stamp}
        where id = $3::text and version = $4::integer
        returning id
      ), added as (
        insert into ${runs} (record, lease_expires_at) select $1::text::jsonb, ${toLease("$2")}
        where $3::text is null or exists (select from freed)
        on conflict (idempotency_key) do nothing
        returning *
      ), taken as (
        insert into ${predictions} (run_id, prediction_id) ${toPredictions("added")}
      )
      select ${run} from added`,

    /** `$1` the key. */
    getByKey: `select ${run} from ${runs} where idempotency_key = $1::text`,

    /** `$1` the id. */
    get: `select ${run} from ${runs} where id = $1::text`,

    /** `$1` id, `$2` expected version, `$3` the lease in ms. Gives nothing at another version, as the next two. */
    updateLease: `
      update ${runs} set ${stamp}, lease_expires_at = ${toLease("$3")}
      where id = $1::text and version = $2::double precision
      returning ${run}`,

    /** `$1` id, `$2` expected version, `$3` what changes, but no attempts, `$4` whether the lease does, `$5` the lease in ms. */
    update: `
      update ${runs} set record = record || $3::text::jsonb, ${stamp}, ${lease}
      where id = $1::text and version = $2::double precision
      returning ${run}`,

    /** The same, attempts among it. */
    updateWith: `
      with updated as (
        update ${runs} set record = record || $3::text::jsonb, ${stamp}, ${lease}
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

    /**
     * `$1` states, `$2` the lease in milliseconds, `$3` how many. Each state by itself, as a range and ordered by it, too: only its own
     * index gives that. Else PostgreSQL goes through all runs, the oldest first, wherever it takes open ones to be many.
     */
    claim: claim(`
        select id from (select distinct unnest($1::text[]) as state) as wanted cross join lateral (
          select id, sequence from ${runs}
          where state between wanted.state and wanted.state and ${isFree}
          order by state, sequence
          limit $3::bigint
          for update skip locked
        ) as oldest
        order by sequence
        limit $3::bigint`),

    /** `$1` states, `$2` the lease in milliseconds, `$3` the id. Waits for whoever is changing it. */
    claimOne: claim(`
        select id from ${runs}
        where id = $3::text and state = any ($1::text[]) and ${isFree}
        for update`),

    /** `$1` the end of the time as ISO text, `$2` states, `$3` the project or `null` for any, `$4` how many. */
    purge: `
      with over as (
        select id from ${runs}
        where restage_runs.finished_at < $1::text and state = any ($2::text[]) and ($3::text is null or project_id = $3::text)
        order by finished_at, sequence
        limit $4::integer
        for update skip locked
      ), purged as (
        delete from ${runs} where id = any (array(select id from over))
        returning *
      )
      select ${run} from purged order by finished_at, sequence`,
  };
}
