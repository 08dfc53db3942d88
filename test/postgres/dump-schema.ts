import type { SqlQuery } from "../../src/stores/postgres/sql.ts";

// Constraints without those of not null, which PostgreSQL 18 counts as such and others do not.
const query = `
select 'table ' || relname as line from pg_class where relnamespace = $1::text::regnamespace and relkind = 'r'
union all
select format('column %s.%s %s%s%s%s', relname, attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' end,
  case when attidentity <> '' then ' identity ' || attidentity::text end,
  ' ' || case attgenerated when 's' then 'generated ' else 'default ' end || pg_get_expr(adbin, adrelid))
from pg_class join pg_attribute on attrelid = pg_class.oid left join pg_attrdef on adrelid = attrelid and adnum = attnum
where relnamespace = $1::text::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
union all
select pg_get_indexdef(indexrelid) from pg_index join pg_class on indrelid = pg_class.oid where relnamespace = $1::text::regnamespace
union all
select format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where connamespace = $1::text::regnamespace and contype <> 'n'
union all
select pg_get_triggerdef(pg_trigger.oid)
from pg_trigger join pg_class on tgrelid = pg_class.oid where relnamespace = $1::text::regnamespace and not tgisinternal
union all
select format(E'function %s(%s) returns %s%s%s acl %s\\n%s', proname, pg_get_function_arguments(oid), pg_get_function_result(oid),
  case when prosecdef then ' security definer' end, ' set ' || array_to_string(proconfig, ', set '),
  case when proacl is null then 'default' else 'restricted' end, trim(E'\\n' from prosrc))
from pg_proc where pronamespace = $1::text::regnamespace`;

/** What a schema holds, as text: the same on every release of PostgreSQL. */
export async function dumpSchema(sql: SqlQuery, schema = "public"): Promise<string> {
  const { rows } = await sql.query(query, [schema]);
  const lines = rows.map(({ line }) => String(line)).sort();
  return `${lines.join("\n")}\n`;
}
