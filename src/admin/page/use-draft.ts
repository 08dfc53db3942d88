import { useCallback, useState } from "preact/hooks";
import type { Draft } from "./draft.ts";
import { hasEdits } from "./draft.ts";

/** A draft that outlives its view, and the page: an accidental reload loses nothing. `null` where there is none. */
export function useDraft(key: string): readonly [Draft | null, (draft: Draft | null) => void] {
  const name = `restage-admin-draft ${key}`;
  const [state, setState] = useState({ name, draft: read(name) });
  const keep = useCallback(
    (draft: Draft | null) => {
      if (draft !== null && hasEdits(draft)) sessionStorage.setItem(name, JSON.stringify(draft));
      else sessionStorage.removeItem(name);
      setState({ name, draft });
    },
    [name],
  );
  return [state.name === name ? state.draft : read(name), keep];
}

function read(name: string): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}
