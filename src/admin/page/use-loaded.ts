import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ApiError } from "./api-error.ts";
import { useSignIns } from "./use-sign-ins.ts";

/** Something asked for: what came, what went wrong, and how to ask anew. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  /** Asks again; what is there stays until the answer comes. */
  reload(): void;
  /** Puts something newer in its place. */
  put(data: T): void;
}

interface State<T> {
  readonly key: string;
  /** Which of the requests it answers. */
  readonly turn: number;
  readonly data?: T;
  readonly error?: ApiError;
}

/** Loads something, anew for each key. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [reloads, setReloads] = useState(0);
  const turn = reloads + useSignIns();
  const [state, setState] = useState<State<T>>({ key, turn });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const stop = new AbortController();
    latest.current(stop.signal).then(
      (data) => !stop.signal.aborted && setState({ key, turn, data }),
      // The sign-in has come up; it is asked again after that.
      (error: ApiError) => !stop.signal.aborted && error.status !== 401 && setState({ key, turn, error }),
    );
    return () => stop.abort();
  }, [key, turn]);
  const reload = useCallback(() => setReloads((now) => now + 1), []);
  const put = useCallback((data: T) => setState({ key, turn, data }), [key, turn]);
  // What belongs to another key is never shown under this one.
  const mine = state.key === key ? state : undefined;
  return { data: mine?.data, error: mine?.error, reload, put };
}
