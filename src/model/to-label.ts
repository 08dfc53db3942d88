/** A name as people read it: `go_fast` is `Go fast`, `num_outputs` is `Number of outputs`. */
export function toLabel(name: string): string {
  const words = name.replace(/^num_/, "number_of_").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
