/** The statements of the limiter. All of one row: `$1` the account, `$2` the kind of call. */
export function toLimitStatements(schema: string) {
  const limits = `"${schema}".restage_limits`;
  const now = "extract(epoch from clock_timestamp())::double precision * 1000";

  return {
    /**
     * Takes a grant where there is one. `$3`: whether another one will be wanted. `wait_ms` is when to ask again: all who wait are told
     * moments of their own, one after the other, or they would all come at once. Where `is_fresh` is false, the rate has to be worked
     * out again first; where the row is missing, nothing comes back.
     */
    grant: `
      with held as materialized (
        select * from ${limits} where account = $1::text and kind = $2::text for update
      ), seen as materialized (
        -- Once the row is held, or the time would be older than the row.
        select *, ${now} as now from held
      ), counted as (
        select *, now >= seen_at_ms and now < fresh_until_ms as is_fresh,
          least(burst, tokens + greatest(0, now - filled_at_ms) / interval_ms) as available
        from seen
      ), decided as (
        select *, is_fresh and now >= held_until_ms and available >= 1 - 1e-9 as is_granted from counted
      ), planned as (
        select *, now + greatest(0, held_until_ms - now, (1 - available + is_granted::integer) * interval_ms) as free_at from decided
      ), told as (
        select *, case when free_at <= now then now else greatest(free_at, asked_until_ms + interval_ms) end as ask_at from planned
      )
      update ${limits} as changed set
        tokens = case when told.is_granted then told.available - 1 else changed.tokens end,
        filled_at_ms = case when told.is_granted then told.now else changed.filled_at_ms end,
        seen_at_ms = case when told.is_fresh then told.now else changed.seen_at_ms end,
        asked_until_ms = case when told.is_fresh and ($3::boolean or not told.is_granted) then told.ask_at else changed.asked_until_ms end
      from told where changed.account = told.account and changed.kind = told.kind
      returning told.is_fresh, told.is_granted, told.ask_at - told.now as wait_ms`,

    /** The state, and the time. */
    read: `
      select version, tokens, filled_at_ms, held_until_ms, seen_at_ms, learned::text as learned, ${now} as now
      from (values ($1::text, $2::text)) as wanted (account, kind) left join ${limits} using (account, kind)`,

    /**
     * Writes what was worked out of a state at version `$3`, or nothing where another was faster. `$4`: whether the tokens changed, which
     * grants may take meanwhile; `$5` … `$11` the columns.
     */
    write: `
      insert into ${limits} as kept
        (account, kind, tokens, filled_at_ms, held_until_ms, seen_at_ms, interval_ms, burst, fresh_until_ms, learned)
      values ($1::text, $2::text, $5::double precision, $6::double precision, $7::double precision, $8::double precision,
        $9::double precision, $10::double precision, $11::double precision, $12::text::jsonb)
      on conflict (account, kind) do update set
        version = kept.version + 1, asked_until_ms = 0,
        tokens = case when $4::boolean then excluded.tokens else kept.tokens end,
        filled_at_ms = case when $4::boolean then excluded.filled_at_ms else kept.filled_at_ms end,
        held_until_ms = excluded.held_until_ms, seen_at_ms = excluded.seen_at_ms, interval_ms = excluded.interval_ms,
        burst = excluded.burst, fresh_until_ms = excluded.fresh_until_ms, learned = excluded.learned
      where kept.version = $3::integer
      returning version`,
  };
}
