/** A name as people see it in a list: with a capital. */
export function toLabel(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
