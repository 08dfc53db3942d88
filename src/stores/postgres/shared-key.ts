/** Whether a setting stands in the table `settings`, which other programs share: the global active model and the global configs. */
export function isSharedKey(key: string): boolean {
  return key === "active_model" || key.startsWith("model_config_");
}

/** The same of a column, in SQL, under any search path. */
export function toSharedKeyCondition(column: string): string {
  return `(${column}::text = 'active_model'::text or pg_catalog.starts_with(${column}::text, 'model_config_'::text))`;
}
