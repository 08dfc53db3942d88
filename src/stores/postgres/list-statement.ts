import type { ParsedList } from "../../runs/check-run-call.ts";
import type { RunFilter } from "../../runs/run-store.ts";
import { imageHashes } from "./image-hashes.ts";
import { runColumn } from "./run-column.ts";
import { createParameters, type Statement } from "./statement.ts";
import { toStorableText } from "./to-storable.ts";

/** Runs that fit a filter, newest first, one more than its limit; `cursor` of each row is where a page that ends with it ends. */
export function toListStatement(schema: string, filter: RunFilter & ParsedList): Statement {
  const { list, add } = createParameters();
  const conditions: string[] = [];
  // Only what is asked for, so that the plan for it is the same whether or not a driver prepares it for all parameters.
  const ask = <Value>(value: Value | undefined, toCondition: (value: Value) => string) => {
    if (value !== undefined) conditions.push(toCondition(value));
  };
  // Named with their table where a migration has added them, so that the error of a database without them tells whose they are.
  const isText = (column: string) => (text: string) => `${column} = ${add(toStorableText(text))}::text`;

  ask(filter.states, (states) => `state = any (${add(states)}::text[])`);
  ask(filter.projectId, isText("project_id"));
  ask(filter.group, isText("run_group"));
  ask(filter.modelId, isText("model_id"));
  ask(filter.variant, isText("restage_runs.variant"));
  ask(filter.cursor, (cursor) => `sequence < ${add(cursor)}::text::bigint`);
  ask(filter.predictionId, (id) => {
    const holder = `select run_id from "${schema}".restage_run_predictions where prediction_id = ${add(toStorableText(id))}::text`;
    return `id = (${holder})`;
  });
  // These few first: PostgreSQL takes them to be many, and would look for them among all runs, the newest first.
  ask(filter.imageSha256, (hash) => {
    const has = `record->'images' <> '[]' and ${imageHashes} @> jsonb_build_array(${add(hash)}::text)`;
    return `sequence = any (array(select sequence from "${schema}".restage_runs where ${has}))`;
  });
  ask(filter.perceptualHash, ({ hash, maximumDistance }) => {
    const bits = `('x' || ${add(hash)}::text)::bit(64)`;
    const maximum = `${add(maximumDistance)}::integer`;
    const differ = (start: string) => `bit_count(substring(perceptual_hashes from ${start} for 64) # ${bits}) <= ${maximum}`;
    const more = `exists (select from generate_series(65, length(perceptual_hashes), 64) as start where ${differ("start")})`;
    const alike = `restage_runs.perceptual_hashes is not null and (${differ("1")} or (length(perceptual_hashes) > 64 and ${more}))`;
    return `sequence = any (array(select sequence from "${schema}".restage_runs where ${alike}))`;
  });
  ask(filter.finishedBeforeMs, (finishedBeforeMs) => `restage_runs.finished_at < ${add(new Date(finishedBeforeMs).toISOString())}::text`);

  const where = conditions.length === 0 ? "" : `where ${conditions.join("\n        and ")}`;
  const text = `
      select sequence::text as cursor, ${runColumn} from "${schema}".restage_runs
      ${where}
      order by sequence desc
      limit ${add(filter.limit + 1)}::integer`;
  return { text, parameters: list };
}
