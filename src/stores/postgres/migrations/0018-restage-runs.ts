import { defineMigration } from "./define-migration.ts";
import { refuseToDiscard } from "./refuse-to-discard.ts";

// Every list and claim has an index to follow, newest or oldest first.
const listed = ["state", "project_id", "run_group", "model_id"];

/**
 * Runs, and the predictions that each of them holds. `record` is the run as it was given; what is looked for in it stands in columns that
 * follow it. `sequence` is the order of creation.
 */
export const restageRuns = defineMigration({
  version: 18,
  name: "restage_runs",
  up: (schema) => [
    `create table if not exists "${schema}".restage_runs (
  sequence bigint generated always as identity unique,
  id text generated always as (record->>'id') stored primary key,
  version integer not null default 1,
  created_at timestamptz not null default statement_timestamp(),
  updated_at timestamptz not null default statement_timestamp(),
  lease_expires_at timestamptz,
  idempotency_key text generated always as (record->>'idempotencyKey') stored unique,
  state text not null generated always as (record->>'state') stored,
  project_id text generated always as (record->>'projectId') stored,
  run_group text generated always as (record->>'group') stored,
  model_id text not null generated always as (record->>'modelId') stored,
  record jsonb not null
)`,
    // The primary key follows the record, and what follows others is not published to replicas, before PostgreSQL 18 not ever.
    `alter table "${schema}".restage_runs replica identity using index restage_runs_sequence_key`,
    ...listed.map((column) => `create index if not exists idx_restage_runs_${column} on "${schema}".restage_runs (${column}, sequence)`),
    `create table if not exists "${schema}".restage_run_predictions (
  prediction_id text primary key,
  run_id text not null references "${schema}".restage_runs (id) on delete cascade
)`,
    `create index if not exists idx_restage_run_predictions_run_id on "${schema}".restage_run_predictions (run_id)`,
  ],
  down: (schema) => [
    refuseToDiscard({ schema, table: "restage_runs", where: "true", what: `The runs in ${schema}.restage_runs would be lost` }),
    `drop table if exists "${schema}".restage_run_predictions`,
    `drop table if exists "${schema}".restage_runs`,
  ],
});
