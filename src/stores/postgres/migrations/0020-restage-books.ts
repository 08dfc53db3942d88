import { imageHashes } from "../image-hashes.ts";
import { defineMigration } from "./define-migration.ts";

// A time that there is, in UTC to the millisecond, as runs have it: whatever passes, PostgreSQL reads as a time.
const isTime = `@ like_regex "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$"
    && exists (@.datetime("YYYY-MM-DD\\"T\\"HH24:MI:SS.MS\\"Z\\""))`;

/**
 * What summaries, purges and searches for images need of a run, in columns that follow its record. None of them can fail, whatever the
 * record is: that would fail the write. Each makes every write slower by some microseconds, the longer its expression, the more.
 */
const columns: Readonly<Record<string, string>> = {
  variant: "text generated always as (record->>'variant') stored",
  // As text, because PostgreSQL does not read times the same way under all settings.
  finished_at: `text collate "C" generated always as (jsonb_path_query_first(record, '$.finishedAt ? (${isTime})', '{}', true)#>>'{}') stored`,
  image_count: `integer not null generated always as (coalesce(jsonb_array_length(jsonb_path_query_array(
    record, '$.images[*]', '{}', true)), 0)) stored`,
  cost_micro_usd: "bigint generated always as (substring(record->'cost'->>'microUsd' from '^[0-9]{1,16}$')::bigint) stored",
  cost_basis: "text generated always as (record->'cost'->>'basis') stored",
  accepted: "boolean not null generated always as (coalesce(record->'feedback'->'accepted' = 'true', false)) stored",
  // 64 bits for each image that has one.
  perceptual_hashes: `bit varying generated always as (('x' || nullif(translate(jsonb_path_query_array(
    record, '$.images[*].perceptualHash ? (@ like_regex "^[0-9a-fA-F]{16}$")', '{}', true)::text, '[]", ', ''), ''))::bit varying) stored`,
};

// Summaries are read from their index alone, searches by looks from theirs: the table is many times as large. An entry has room for 2,704
// bytes, and so for three names of 255 characters, but not for a fourth: groups are not in it.
const indexes: Readonly<Record<string, string>> = {
  variant: "(variant, sequence) where variant is not null",
  finished_at: "(finished_at, sequence) where finished_at is not null",
  created_at: `(created_at)
  include (model_id, project_id, variant, state, image_count, accepted, cost_micro_usd, cost_basis, finished_at)`,
  image_hashes: `using gin (${imageHashes} jsonb_path_ops) where record->'images' <> '[]'`,
  perceptual_hashes: "(sequence) include (perceptual_hashes) where perceptual_hashes is not null",
};

/** Runs can be summed up, purged by their age, and found by their images. All of it follows from the runs: going down loses nothing. */
export const restageBooks = defineMigration({
  version: 20,
  name: "restage_books",
  up: (schema) => [
    // One statement, so that the table is written anew once.
    `alter table "${schema}".restage_runs\n${Object.entries(columns)
      .map(([name, definition]) => `  add column if not exists ${name} ${definition}`)
      .join(",\n")}`,
    ...Object.entries(indexes).map(
      ([name, definition]) => `create index if not exists idx_restage_runs_${name} on "${schema}".restage_runs ${definition}`,
    ),
  ],
  down: (schema) => [
    ...Object.keys(indexes).map((name) => `drop index if exists "${schema}".idx_restage_runs_${name}`),
    `alter table if exists "${schema}".restage_runs\n${Object.keys(columns)
      .map((name) => `  drop column if exists ${name}`)
      .join(",\n")}`,
  ],
});
