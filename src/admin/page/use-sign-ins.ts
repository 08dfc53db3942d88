import { useEffect, useState } from "preact/hooks";

const listeners = new Set<() => void>();

/** Tells everything that is shown that somebody signed in. */
export function tellSignIn(): void {
  for (const listener of [...listeners]) listener();
}

/** How often somebody signed in since this was first shown: what was loaded before may look different now. */
export function useSignIns(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const listen = () => setCount((now) => now + 1);
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, []);
  return count;
}
