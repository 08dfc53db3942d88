/** The statements of the budget store, by the names of its methods. Each is all or nothing by itself. */
export function toBudgetStatements(schema: string) {
  const alerts = `"${schema}".restage_budget_alerts`;
  return {
    /** `$1` run, `$2` micro-dollars or null, `$3` lines, `$4` lease of the alerts in ms or null, `$5` how many of them. */
    reserve: `select "${schema}".restage_reserve($1::text, $2::text::bigint, $3::text::jsonb, $4::double precision, $5::integer)::text as answer`,

    /** `$1` run, `$2` micro-dollars or null, `$3` lease of the alerts in ms or null, `$4` how many of them. */
    settle: `select "${schema}".restage_settle($1::text, $2::text::bigint, $3::double precision, $4::integer)::text as answer`,

    /** `$1` age in ms, `$2` how many. */
    open: `
      select run_id from "${schema}".restage_reservations
      where settled_micro_usd is null and reserved_at <= statement_timestamp() - $1::double precision * interval '1 millisecond'
      order by reserved_at, sequence
      limit $2::integer`,

    /** `$1` counters, as JSON. */
    usage: `
      select jsonb_build_object('budgetId', "budgetId", 'period', wanted.period, 'spentMicroUsd', coalesce(spent_micro_usd, 0),
        'reservedMicroUsd', coalesce(reserved_micro_usd, 0), 'alertedPercents', (
          select coalesce(jsonb_agg(percent order by percent), '[]') from ${alerts} as alert
          where alert.budget_id = "budgetId" and alert.period = wanted.period
        ))::text as answer
      from rows from (jsonb_to_recordset($1::text::jsonb) as ("budgetId" text, period text)) with ordinality
        as wanted ("budgetId", period, place)
      left join "${schema}".restage_budget_counters as counter on counter.budget_id = "budgetId" and counter.period = wanted.period
      order by place`,

    /** `$1` lease in ms, `$2` how many. */
    takeAlerts: `select "${schema}".restage_take_budget_alerts($1::double precision, $2::integer)::text as answer`,

    /** `$1` budget, `$2` period, `$3` percent, `$4` whether it was delivered. */
    endAlert: `
      update ${alerts} set leased_until = statement_timestamp(), delivered_at = coalesce(delivered_at, case when $4::boolean then statement_timestamp() end)
      where budget_id = $1::text and period = $2::text and percent = $3::integer`,
  };
}
