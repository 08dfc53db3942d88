import { defineMigration } from "./define-migration.ts";

/**
 * The limits of Replicate's accounts, a row for each kind of call. Times are milliseconds since 1970. A row that is deleted is made anew,
 * as if nothing were known. It is written at every call, hence the room in its page.
 */
export const restageLimits = defineMigration({
  version: 19,
  name: "restage_limits",
  up: (schema) => [
    `create table if not exists "${schema}".restage_limits (
  account text not null,
  kind text not null,
  version integer not null default 1,
  tokens double precision not null,
  filled_at_ms double precision not null,
  held_until_ms double precision not null,
  seen_at_ms double precision not null,
  asked_until_ms double precision not null default 0,
  interval_ms double precision not null,
  burst double precision not null,
  fresh_until_ms double precision not null,
  learned jsonb not null,
  primary key (account, kind)
) with (fillfactor = 20)`,
  ],
  down: (schema) => [`drop table if exists "${schema}".restage_limits`],
});
