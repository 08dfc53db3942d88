/** What of a record has a value, in the same order. */
export function withoutUndefined<Value extends object>(record: { readonly [Key in keyof Value]: Value[Key] | undefined }): Value {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Value;
}
