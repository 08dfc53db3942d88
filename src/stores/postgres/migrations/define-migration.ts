import { checkSchema } from "../check-schema.ts";
import { handOver } from "./hand-over.ts";
import type { Migration } from "./migration.ts";

/**
 * A migration that keeps the ledger by itself, so that the ledger is right whoever runs it: this library, or the runner a service has.
 * `made` in the ledger is what an `up` found missing and made; one that makes nothing but its own leaves it out.
 */
export function defineMigration({ version, name, up, down }: Migration): Migration {
  return {
    version,
    name,
    up: (schema) => [
      `create table if not exists "${checkSchema(schema)}".restage_migrations (
  version integer primary key,
  name text not null,
  applied_at timestamptz not null default now(),
  made jsonb not null default '[]'
)`,
      ...up(schema),
      `insert into "${schema}".restage_migrations (version, name) values (${version}, '${name}') on conflict (version) do nothing`,
      handOver(schema),
    ],
    down: (schema) => [
      ...down(checkSchema(schema)),
      `do $restage$
begin
  if to_regclass('"${schema}".restage_migrations') is not null then
    delete from "${schema}".restage_migrations where version = ${version};
    if not exists (select from "${schema}".restage_migrations) then
      drop table "${schema}".restage_migrations;
    end if;
  end if;
end
$restage$`,
    ],
  };
}
