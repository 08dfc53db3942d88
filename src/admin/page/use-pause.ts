import { useEffect, useState } from "preact/hooks";
import { ask } from "./api.ts";
import type { PauseState } from "./api-types.ts";
import { projectPath } from "./paths.ts";
import { useSignIns } from "./use-sign-ins.ts";

const states = new Map<string | null, PauseState>();
const listeners = new Set<() => void>();

/** The pause of all or of a project, shared by all that show it. `put(undefined)` asks for it anew. */
export function usePause(projectId: string | null): {
  readonly state: PauseState | undefined;
  put(state: PauseState | undefined): void;
} {
  const [, setTurn] = useState(0);
  const signIns = useSignIns();
  const put = (state: PauseState | undefined) => {
    if (state === undefined) return load(projectId);
    states.set(projectId, state);
    for (const listener of listeners) listener();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew after each sign-in
  useEffect(() => {
    const listen = () => setTurn((turn) => turn + 1);
    listeners.add(listen);
    load(projectId);
    return () => void listeners.delete(listen);
  }, [projectId, signIns]);
  return { state: states.get(projectId), put };
}

const asked = new Set<string | null>();

/** Asks once, however many show it. */
function load(projectId: string | null): void {
  if (asked.has(projectId)) return;
  asked.add(projectId);
  ask<PauseState>(`${projectPath(projectId)}pause`)
    .then(
      (state) => {
        states.set(projectId, state);
        for (const listener of listeners) listener();
      },
      // Who may not read it sees no pause; the rest of the page says why.
      () => {},
    )
    .finally(() => asked.delete(projectId));
}
