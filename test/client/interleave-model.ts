import { isDeepStrictEqual } from "node:util";
import { finalStates, type RunRecord } from "../../src/runs/run.ts";

/**
 * A run as the model sees it: its state, and while it is not settled, which of its creates it is about. `absent`: that one is known to have
 * created nothing. `left`: only a person can tell.
 */
export type Phase = string;

/** What may follow on what. A run that was given up goes on when the answer to its create comes late, and with it the prediction. */
const nextPhases: Readonly<Record<Phase, readonly Phase[]>> = {
  preparing: ["preparing", "creating 1", "failed", "aborted"],
  "creating 1": ["creating 1", "unknown 1", "running"],
  "unknown 1": ["unknown 1", "absent 1", "left", "running"],
  "absent 1": ["absent 1", "creating 2", "running", "failed", "aborted"],
  "creating 2": ["creating 2", "unknown 2", "running"],
  "unknown 2": ["unknown 2", "absent 2", "left", "running"],
  "absent 2": ["absent 2", "running", "failed", "aborted"],
  left: ["running", "failed"],
  running: ["running", "succeeded"],
  failed: ["running"],
  aborted: ["running"],
};

/** What the model is told of what is written and sent. */
export interface Model {
  /** What was not as the model expects; the first counts. */
  readonly problems: readonly string[];
  /** A run was written by an actor: from what, to what. */
  written(actor: string, before: RunRecord | undefined, after: RunRecord): void;
  /** An actor sends a create. Gives the run whose create it must be. */
  sent(actor: string): string;
  /** The actor's create arrived, and this is the prediction of it. */
  created(actor: string, runId: string, predictionId: string): void;
  /** The actor's create will never arrive. */
  lost(actor: string): void;
  /** The run that each prediction was made for. */
  readonly makers: ReadonlyMap<string, string>;
  /** Everything that it goes by, as a text. */
  toText(): string;
}

/** A model of the runs under one key, of which one prediction may be paid; `mayPayTwice` shows the named risk. */
export function createModel({ mayPayTwice }: { readonly mayPayTwice: boolean }): Model {
  const makers = new Map<string, string>();
  /** Which run's create an actor may send, once. */
  const permits = new Map<string, string>();
  const open = new Set<string>();
  /** The runs whose creates are on their way, by actor. */
  const onTheWay = new Map<string, string>();
  const problems: string[] = [];

  function written(actor: string, before: RunRecord | undefined, after: RunRecord): void {
    const [from, to] = [before && toPhase(before), toPhase(after)];
    const fail = (what: string) => problems.push(`${what}: ${actor} wrote ${after.id} from ${from ?? "nothing"} to ${to}`);
    if (before === undefined ? to !== "preparing" : !(nextPhases[from ?? ""]?.includes(to) || isOnlyLetGo(before, after)))
      fail("No such step");
    if (after.version !== (before?.version ?? 0) + 1) fail("Not the next version");
    if (before && !keepsAttempts(before, after)) fail("An earlier attempt changed");
    // Each claim allows one create, to its writer alone.
    if (to.startsWith("creating")) permits.set(actor, after.id);
    const isSaidFree = to.startsWith("absent") || to === "failed" || to === "aborted";
    const predicted = [...makers.values(), ...onTheWay.values()];
    if (isSaidFree && predicted.includes(after.id) && !mayPayTwice) fail("A create of it has arrived, or is on its way");
    if (finalStates.includes(after.state)) open.delete(after.id);
    else open.add(after.id);
    if (open.size > 1 && !mayPayTwice) fail("Two open runs under one key");
  }

  return {
    problems,
    written,
    makers,
    sent(actor) {
      const runId = permits.get(actor);
      if (runId === undefined) problems.push(`${actor} sent a create without a claim`);
      permits.delete(actor);
      onTheWay.set(actor, runId ?? "");
      return runId ?? "";
    },
    created(actor, runId, predictionId) {
      onTheWay.delete(actor);
      makers.set(predictionId, runId);
      if (makers.size > 1 && !mayPayTwice) problems.push(`Paid twice: ${JSON.stringify([...makers])}`);
    },
    lost: (actor) => void onTheWay.delete(actor),
    toText: () => JSON.stringify([[...makers], [...permits], [...open], [...onTheWay], problems]),
  };
}

function toPhase({ state, attempts, error }: RunRecord): Phase {
  const number = attempts.length;
  if (state === "creating") return `creating ${number}`;
  if (state !== "unknown") return state;
  if (error !== null) return "left";
  return `${attempts.at(-1)?.error ? "absent" : "unknown"} ${number}`;
}

// A run that is over gives its key away, and nothing else.
function isOnlyLetGo(before: RunRecord, after: RunRecord): boolean {
  const { version, updatedAt } = after;
  return finalStates.includes(before.state) && isDeepStrictEqual(after, { ...before, version, updatedAt, idempotencyKey: null });
}

function keepsAttempts({ attempts: before }: RunRecord, { attempts: after }: RunRecord): boolean {
  const isKept = before.slice(0, -1).every((attempt, index) => isDeepStrictEqual(attempt, after[index]));
  const [last, lastAfter] = [before.at(-1), after[before.length - 1]];
  return isKept && (!last?.predictionId || last.predictionId === lastAfter?.predictionId);
}
