/** A name as people read it: `go_fast` is `Go fast`. */
export function toLabel(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
