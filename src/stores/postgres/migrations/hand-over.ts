/**
 * A statement that gives what is ours to the owner of `settings`, where another role migrated. The functions with their owner's rights run
 * what that owner puts on the table, and must not lend it the rights of a superuser.
 */
export function handOver(schema: string): string {
  return `do $restage$
declare
  owner constant regrole := (select relowner from pg_class where oid = to_regclass('"${schema}".settings'));
  ours text;
begin
  if owner <> quote_ident(current_user)::regrole then
    for ours in
      select format('table %s', oid::regclass) from pg_class
      where relnamespace = '"${schema}"'::regnamespace and relkind = 'r' and starts_with(relname, 'restage_') and relowner <> owner
      union all
      select format('function %s', oid::regprocedure) from pg_proc
      where pronamespace = '"${schema}"'::regnamespace and starts_with(proname, 'restage_') and proowner <> owner
    loop
      execute format('alter %s owner to %s', ours, owner);
    end loop;
  end if;
end
$restage$`;
}
