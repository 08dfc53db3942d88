import { finalStates, type RunRecord } from "../src/runs/run.ts";
import type { CallerRecord } from "./caller.ts";
import type { FaultKind } from "./fault-kind.ts";
import type { FaultWorld } from "./fault-world.ts";
import { findToken } from "./staging.ts";

/** What came of the stagings of one kind of fault. */
export interface Tally {
  readonly kind: string;
  readonly title: string;
  readonly stagings: number;
  /** Creates that reached Replicate. */
  readonly creates: number;
  /** Predictions that came of them. */
  readonly predictions: number;
  readonly billed: number;
  readonly staged: number;
  /** Without images and without costs, by a typed error that says so. */
  readonly told: number;
  /** By which errors. */
  readonly toldBy: readonly string[];
  /** Left `unknown` for a person. */
  readonly leftUnknown: number;
  /** Neither staged nor told nor left for a person. */
  readonly lost: number;
  /** Billed predictions beyond one a staging. */
  readonly paidTwice: number;
  /** Stagings that got the prediction of something else. */
  readonly mistaken: number;
  /** What must not be, each with how it came about. */
  readonly findings: readonly string[];
}

/** Adds up a world in which nobody works any more. `describe` tells how a staging went, for a finding. */
export function toTally(
  kind: FaultKind,
  world: FaultWorld,
  records: readonly CallerRecord[],
  runs: readonly RunRecord[],
  describe: (record: CallerRecord) => string = toStory,
): Tally {
  const { simulator } = world;
  const ours = simulator.predictions.filter(({ by }) => by === "client");
  const tokens = new Map(
    simulator.predictions.map(({ id, by, input }) => [id, by === "client" ? findToken(input) : `another program's ${id}`]),
  );
  const paid = simulator.ledger.entries.filter(({ by, outputs }) => by === "client" && outputs > 0);
  const findings: string[] = [];
  const find = (what: string, found: readonly CallerRecord[]) => {
    findings.push(...found.map((record) => `${kind.name}: ${what}. ${describe(record)}`));
    return found.length;
  };

  const stagingsOf = groupBy(records, ({ staging }) => staging.token);
  const paidOf = groupBy(paid, ({ id }) => tokens.get(id) ?? "nobody's");
  const runsOf = groupBy(runs, ({ group }) => group ?? "");
  const pending = records.filter(({ stagedRunId }) => stagedRunId === undefined);
  const isUnknown = (record: CallerRecord) => runOf(record)?.state === "unknown";
  const isTold = ({ last }: CallerRecord) => last !== undefined && !last.retryable && last.billed === "no";
  const left = pending.filter(isUnknown);
  const told = pending.filter((record) => !isUnknown(record) && isTold(record));
  const lost = pending.filter((record) => !isUnknown(record) && !isTold(record));
  const isLeftWithoutReason = (record: CallerRecord) => {
    const run = runOf(record);
    return run === undefined || kind.mayLeaveUnknown?.(run) === undefined;
  };
  const holdsAnothers = ({ staging }: CallerRecord) =>
    (runsOf.get(staging.token) ?? []).some(({ attempts }) =>
      attempts.some(({ predictionId }) => predictionId !== null && tokens.get(predictionId) !== staging.token),
    );
  const paidTwice = [...paidOf].reduce((sum, [token, entries]) => {
    const group = stagingsOf.get(token) ?? [];
    const surplus = Math.max(0, entries.length - group.length);
    if (surplus > 0) find(`paid ${entries.length} times for ${group.length}`, group.slice(0, 1));
    return sum + surplus;
  }, 0);
  find("left for a person without a reason", left.filter(isLeftWithoutReason));
  find(
    "an error that is none of ours",
    records.filter(({ strange }) => strange.length > 0),
  );
  find(
    "says that nothing was billed, yet something was",
    told.filter(({ staging }) => (paidOf.get(staging.token)?.length ?? 0) > (stagingsOf.get(staging.token)?.length ?? 0) - 1),
  );
  return {
    kind: kind.name,
    title: kind.title,
    stagings: records.length,
    creates: simulator.requests.filter(({ target }) => target === "create").length,
    predictions: ours.length,
    billed: paid.length,
    staged: records.length - pending.length,
    told: told.length,
    toldBy: [...new Set(told.map(({ last }) => last?.code ?? ""))],
    leftUnknown: left.length,
    lost: find("lost", lost),
    paidTwice,
    mistaken: find("got the prediction of something else", records.filter(holdsAnothers)),
    findings,
  };

  function runOf({ staging, runId }: CallerRecord): RunRecord | undefined {
    const group = runsOf.get(staging.token) ?? [];
    const key = staging.request.idempotencyKey;
    return group.find((run) => (key === undefined ? run.id === runId : run.idempotencyKey === key));
  }
}

/** Whether nobody has to look at a run again. */
export function isOver({ state }: RunRecord): boolean {
  return finalStates.includes(state);
}

function toStory({ staging, told }: CallerRecord): string {
  return `${staging.token} (staging ${staging.number}, ${staging.request.idempotencyKey ? "with" : "without"} a key): ${told.join(", ")}`;
}

function groupBy<Item>(items: readonly Item[], toKey: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(toKey(item));
    if (group === undefined) groups.set(toKey(item), [item]);
    else group.push(item);
  }
  return groups;
}
