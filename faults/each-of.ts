/** Does something to each item, so many at once. */
export async function eachOf<Item>(items: readonly Item[], concurrency: number, act: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await act(item);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
