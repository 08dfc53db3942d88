/** A statement that is put together for a call, with its parameters. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** Collects parameters while a statement is put together: each call gives the place of one, such as `$3`. */
export function createParameters(): { readonly list: readonly unknown[]; add(value: unknown): string } {
  const list: unknown[] = [];
  return { list, add: (value) => `$${list.push(value)}` };
}

/** A time in SQL, of a parameter in milliseconds since 1970. */
export function toTimestamp(parameter: string): string {
  return `to_timestamp(${parameter}::double precision / 1000)`;
}
