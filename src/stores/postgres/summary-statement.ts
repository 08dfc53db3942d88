import type { ParsedSummaryOptions } from "../../runs/parse-summary-options.ts";
import { finalStates } from "../../runs/run.ts";
import type { SummaryKey } from "../../runs/run-summary.ts";
import { createParameters, type Statement, toTimestamp } from "./statement.ts";
import { toStorableText } from "./to-storable.ts";

interface Key {
  readonly grouped: string;
  /** As text, of what was grouped by. */
  readonly toText: (column: string) => string;
}

const created = "created_at at time zone 'UTC'";
const toKey = (column: string): Key => ({ grouped: `${column} collate "C"`, toText: (text) => text });

const keys: Readonly<Record<SummaryKey, Key>> = {
  model: toKey("model_id"),
  project: toKey("project_id"),
  variant: toKey("restage_runs.variant"),
  state: toKey("state"),
  group: toKey("run_group"),
  // Not by their text, which takes longer to make than all the rest of a row.
  day: { grouped: `(${created})::date`, toText: (date) => `to_char(${date}, 'YYYY-MM-DD')` },
  month: { grouped: `date_trunc('month', ${created})`, toText: (date) => `to_char(${date}, 'YYYY-MM')` },
};

/**
 * The sums of runs, by the names of `SummarySums`, one row more than the limit. `values` is the JSON of the row's values, in the order of what
 * was asked. Sums as text: no driver loses a digit of it.
 */
export function toSummaryStatement(schema: string, options: ParsedSummaryOptions): Statement {
  const { by, sinceMs, untilMs, projectId, modelId, after, limit } = options;
  const { list, add } = createParameters();
  const conditions = [
    sinceMs !== undefined && `created_at >= ${toTimestamp(add(sinceMs))}`,
    untilMs !== undefined && `created_at < ${toTimestamp(add(untilMs))}`,
    projectId !== undefined && `project_id = ${add(toStorableText(projectId))}::text`,
    modelId !== undefined && `model_id = ${add(toStorableText(modelId))}::text`,
  ].filter((condition) => condition !== false);
  const columns = by.map((_, index) => `key_${index}`);
  const texts = by.map((key, index) => keys[key].toText(`key_${index}`));
  const grouped = by.map((key, index) => `${keys[key].grouped} as key_${index}, `).join("");
  // To the millisecond, as runs tell when they were created. An end before it, by another clock, counts as none at all.
  const durationMs = "round(date_part('epoch', finished_at::timestamptz - date_trunc('milliseconds', created_at)) * 1000)";
  // Null comes last: '2' after '1…'.
  const place = `array[${texts.map((text) => `coalesce('1' || ${text}, '2')`).join(", ")}]::text[]`;
  const placeAfter = after?.map((value) => (value === null ? "2" : `1${toStorableText(value)}`));

  const text = `
      with summed as (
        select ${grouped}
          count(*) as runs,
          coalesce(sum(restage_runs.image_count), 0) as images,
          count(*) filter (where state = 'succeeded') as succeeded,
          count(*) filter (where state = 'failed') as failed,
          count(*) filter (where state = any (${add(finalStates)}::text[])) as ended,
          count(*) filter (where accepted) as accepted,
          count(*) - count(cost_micro_usd) as "unknownCosts",
          coalesce(sum(cost_micro_usd), 0) as "costMicroUsd",
          coalesce(sum(cost_micro_usd) filter (where cost_basis = 'table'), 0) as "estimatedMicroUsd",
          percentile_cont(array[0.5, 0.95]) within group (order by greatest(${durationMs}, 0))
            filter (where state = 'succeeded' and finished_at is not null) as durations
        from "${schema}".restage_runs
        ${conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`}
        group by ${columns.length === 0 ? "()" : columns.join(", ")}
      ), named as (
        select ${place} collate "C" as place, json_build_array(${texts.join(", ")})::text as values, summed.* from summed
      )
      select values, runs::text, images::text, succeeded::text, failed::text, ended::text, accepted::text, "unknownCosts"::text,
        "costMicroUsd"::text, "estimatedMicroUsd"::text, durations[1]::text as "p50DurationMs", durations[2]::text as "p95DurationMs"
      from named
      ${placeAfter === undefined ? "" : `where place > ${add(placeAfter)}::text[]`}
      order by place
      limit ${add(limit + 1)}::integer`;
  return { text, parameters: list };
}
