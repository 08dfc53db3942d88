/** A value of the caller as a message may show it: a text up to a bound, of anything else its type. */
export function show(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 255) : typeof value;
}
