/** A statement that fails where a table has such rows, unless the transaction was told to discard them. */
export function refuseToDiscard(options: {
  readonly schema: string;
  readonly table: string;
  readonly where: string;
  readonly what: string;
}): string {
  const { schema, table, where, what } = options;
  return `do $restage$
begin
  if coalesce(current_setting('restage.discard', true), '') <> 'on' and to_regclass('"${schema}".${table}') is not null then
    if exists (select from "${schema}".${table} where ${where}) then
      raise exception using errcode = 'RS001', message = '${what}', hint = 'To discard it: set restage.discard = ''on''';
    end if;
  end if;
end
$restage$`;
}
