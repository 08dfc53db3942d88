/** Lets so much work be done at once, and the rest in the order of asking. */
export interface Gate {
  /** Does the work once there is a place for it. */
  inside<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Within work that has a place: lets go of it until this is over. */
  outside<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** A gate with so many places. */
export function createGate(size: number): Gate {
  const waiting: (() => void)[] = [];
  let open = size;

  async function enter(): Promise<void> {
    if (open > 0) open -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else open += 1;
  }

  const between =
    (before: () => void | Promise<void>, behind: () => void | Promise<void>) =>
    async <Value>(work: () => Promise<Value>): Promise<Value> => {
      await before();
      try {
        return await work();
      } finally {
        await behind();
      }
    };
  return { inside: between(enter, leave), outside: between(leave, enter) };
}
