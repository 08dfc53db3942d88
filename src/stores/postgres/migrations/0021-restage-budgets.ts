import { toIsoTime } from "../to-iso-time.ts";
import { defineMigration } from "./define-migration.ts";
import { refuseToDiscard } from "./refuse-to-discard.ts";

const functions = ["restage_settle", "restage_reserve", "restage_note_budget_alerts", "restage_take_budget_alerts"];

/**
 * What was spent and reserved by budget and period, the reservations of runs, and the alerts. Amounts are whole micro-dollars.
 *
 * Whoever reserves or settles locks the run's reservation first, then its counters in the order of their names: no two wait for each other.
 * A counter is written by every run that it counts, hence the room in its page.
 */
export const restageBudgets = defineMigration({
  version: 21,
  name: "restage_budgets",
  up: (schema) => {
    const [counters, reservations, alerts] = ["budget_counters", "reservations", "budget_alerts"].map(
      (table) => `"${schema}".restage_${table}`,
    ) as [string, string, string];
    return [
      `create table if not exists ${counters} (
  budget_id text collate "C" not null,
  period text collate "C" not null,
  limit_micro_usd bigint not null,
  alert_percents integer[] not null,
  spent_micro_usd bigint not null default 0 check (spent_micro_usd >= 0),
  reserved_micro_usd bigint not null default 0 check (reserved_micro_usd >= 0),
  primary key (budget_id, period)
) with (fillfactor = 20)`,
      // `lines` are the counters. `micro_usd` is null where the price is not known. `sequence` orders what is of one moment.
      `create table if not exists ${reservations} (
  run_id text primary key,
  micro_usd bigint check (micro_usd >= 0),
  lines jsonb not null,
  reserved_at timestamptz not null default statement_timestamp(),
  sequence bigint generated always as identity,
  settled_micro_usd bigint check (settled_micro_usd >= 0)
)`,
      `create index if not exists idx_restage_reservations_open on ${reservations} (reserved_at, sequence) where settled_micro_usd is null`,
      `create table if not exists ${alerts} (
  budget_id text collate "C" not null,
  period text collate "C" not null,
  percent integer not null,
  limit_micro_usd bigint not null,
  spent_micro_usd bigint not null,
  reserved_micro_usd bigint not null,
  crossed_at timestamptz not null default statement_timestamp(),
  leased_until timestamptz,
  delivered_at timestamptz,
  primary key (budget_id, period, percent)
)`,
      `create index if not exists idx_restage_budget_alerts_undelivered on ${alerts} (crossed_at) where delivered_at is null`,

      `create or replace function "${schema}".restage_note_budget_alerts(budget text, counted_in text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $restage$
begin
  insert into ${alerts} (budget_id, period, percent, limit_micro_usd, spent_micro_usd, reserved_micro_usd)
  select budget_id, period, percent, limit_micro_usd, spent_micro_usd, reserved_micro_usd
  from ${counters}, unnest(alert_percents) as percent
  where budget_id = budget and period = counted_in and (spent_micro_usd + reserved_micro_usd) * 100 >= percent * limit_micro_usd
  on conflict do nothing;
end
$restage$`,

      // Without a lease it takes none. In turns: what fails time and again keeps nothing else from its delivery. Not in plain SQL, which would be planned anew at every call.
      `create or replace function "${schema}".restage_take_budget_alerts(lease_ms double precision, at_most integer) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $restage$
declare
  result jsonb;
begin
  if lease_ms is null then
    return '[]';
  end if;
  with free as (
    select budget_id, period, percent from ${alerts}
    where delivered_at is null and (leased_until is null or leased_until <= clock_timestamp())
    order by leased_until nulls first, crossed_at, budget_id, period, percent
    limit at_most
    for update skip locked
  ), taken as (
    update ${alerts} as alert set leased_until = clock_timestamp() + lease_ms * interval '1 millisecond'
    from free where (alert.budget_id, alert.period, alert.percent) = (free.budget_id, free.period, free.percent)
    returning alert.*
  )
  select coalesce(jsonb_agg(jsonb_build_object('budgetId', budget_id, 'period', period, 'percent', percent,
    'limitMicroUsd', limit_micro_usd, 'spentMicroUsd', spent_micro_usd, 'reservedMicroUsd', reserved_micro_usd,
    'crossedAt', ${toIsoTime("crossed_at")}) order by crossed_at, budget_id, period, percent), '[]') into result from taken;
  return result;
end
$restage$`,

      `create or replace function "${schema}".restage_reserve(
  run text, amount bigint, wanted jsonb, lease_ms double precision, at_most integer
) returns jsonb language plpgsql set search_path = pg_catalog, pg_temp as $restage$
declare
  known ${reservations}%rowtype;
  line record;
  committed bigint;
begin
  select * into known from ${reservations} where run_id = run for update;
  if found and known.settled_micro_usd is null then
    return jsonb_build_object('outcome', 'known', 'alerts', '[]'::jsonb);
  elsif known.settled_micro_usd > 0 then
    return jsonb_build_object('outcome', 'settled', 'settledMicroUsd', known.settled_micro_usd);
  end if;
  -- Every counter is locked before any is changed: what is refused leaves no trace.
  for line in
    select * from jsonb_to_recordset(wanted) as given
      ("budgetId" text collate "C", period text collate "C", "limitMicroUsd" bigint, "isHard" boolean, "alertPercents" jsonb)
    order by 1, 2
  loop
    loop
      select spent_micro_usd + reserved_micro_usd into committed from ${counters}
      where budget_id = line."budgetId" and period = line.period for update;
      exit when found;
      insert into ${counters} (budget_id, period, limit_micro_usd, alert_percents)
      values (line."budgetId", line.period, line."limitMicroUsd", '{}') on conflict do nothing;
    end loop;
    if line."isHard" and (
      (amount is null and committed >= line."limitMicroUsd") or (amount > 0 and committed + amount > line."limitMicroUsd")
    ) then
      return jsonb_build_object('outcome', 'refused', 'committedMicroUsd', committed,
        'refusedBy', jsonb_build_object('budgetId', line."budgetId", 'period', line.period),
        'alerts', "${schema}".restage_take_budget_alerts(lease_ms, at_most));
    end if;
  end loop;
  -- On conflict: another reservation of the same run was faster, or this one was released.
  insert into ${reservations} as kept (run_id, micro_usd, lines) values (run, amount, wanted)
  on conflict (run_id) do update set micro_usd = excluded.micro_usd, lines = excluded.lines,
    reserved_at = excluded.reserved_at, sequence = default, settled_micro_usd = null where kept.settled_micro_usd = 0;
  if not found then
    return jsonb_build_object('outcome', 'known', 'alerts', '[]'::jsonb);
  end if;
  for line in
    select * from jsonb_to_recordset(wanted) as given
      ("budgetId" text collate "C", period text collate "C", "limitMicroUsd" bigint, "isHard" boolean, "alertPercents" jsonb)
    order by 1, 2
  loop
    update ${counters} set reserved_micro_usd = reserved_micro_usd + coalesce(amount, 0), limit_micro_usd = line."limitMicroUsd",
      alert_percents = array(select percent::integer from jsonb_array_elements_text(line."alertPercents") as percent)
    where budget_id = line."budgetId" and period = line.period;
    perform "${schema}".restage_note_budget_alerts(line."budgetId", line.period);
  end loop;
  return jsonb_build_object('outcome', 'reserved', 'alerts', "${schema}".restage_take_budget_alerts(lease_ms, at_most));
end
$restage$`,

      `create or replace function "${schema}".restage_settle(
  run text, amount bigint, lease_ms double precision, at_most integer
) returns jsonb language plpgsql set search_path = pg_catalog, pg_temp as $restage$
declare
  known ${reservations}%rowtype;
  cost bigint;
  line record;
begin
  select * into known from ${reservations} where run_id = run for update;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  end if;
  cost := coalesce(amount, known.micro_usd, 0);
  if known.settled_micro_usd <> cost then
    return jsonb_build_object('outcome', 'settled', 'settledMicroUsd', known.settled_micro_usd);
  end if;
  if known.settled_micro_usd is null then
    update ${reservations} set settled_micro_usd = cost where run_id = run;
    for line in
      select * from jsonb_to_recordset(known.lines) as given ("budgetId" text collate "C", period text collate "C") order by 1, 2
    loop
      update ${counters} set spent_micro_usd = spent_micro_usd + cost,
        reserved_micro_usd = reserved_micro_usd - coalesce(known.micro_usd, 0)
      where budget_id = line."budgetId" and period = line.period;
      perform "${schema}".restage_note_budget_alerts(line."budgetId", line.period);
    end loop;
  end if;
  return jsonb_build_object('outcome', 'done', 'alerts', "${schema}".restage_take_budget_alerts(lease_ms, at_most));
end
$restage$`,
    ];
  },
  down: (schema) => [
    refuseToDiscard({
      schema,
      table: "restage_budget_counters",
      where: "true",
      what: `What the budgets counted in ${schema}.restage_budget_counters would be lost`,
    }),
    ...functions.map((name) => `drop function if exists "${schema}".${name}`),
    ...["budget_alerts", "reservations", "budget_counters"].map((table) => `drop table if exists "${schema}".restage_${table}`),
  ],
});
