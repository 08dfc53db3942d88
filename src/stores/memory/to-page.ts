/** The first items, and, where there are more, the last of them. */
export function toPage<Item>(all: readonly Item[], limit: number): { readonly items: readonly Item[]; readonly last: Item | undefined } {
  const items = all.slice(0, limit);
  return { items, last: all.length > limit ? items.at(-1) : undefined };
}
