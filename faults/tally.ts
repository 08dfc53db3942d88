import { finalStates, type RunRecord } from "../src/runs/run.ts";
import { auditBooks } from "./audit-books.ts";
import type { CallerRecord } from "./caller.ts";
import type { FaultKind } from "./fault-kind.ts";
import type { FaultWorld } from "./fault-world.ts";
import { groupBy } from "./group-by.ts";
import { findToken } from "./staging.ts";
import type { Injected } from "./to-injected.ts";

/** What came of the stagings of one kind of fault. */
export interface Tally {
  readonly kind: string;
  readonly title: string;
  readonly stagings: number;
  /** How often each fault struck. */
  readonly injected: Injected;
  /** Creates that reached Replicate. */
  readonly creates: number;
  /** Predictions that came of them. */
  readonly predictions: number;
  readonly billed: number;
  readonly staged: number;
  /** Without images and without costs: by a typed error that says so, or in the books, where its caller no longer asks. */
  readonly told: number;
  /** By which errors. */
  readonly toldBy: readonly string[];
  /** Left `unknown` for a person. */
  readonly leftUnknown: number;
  /** Why, by the design. */
  readonly leftFor: readonly string[];
  /** Whether the design lets this kind leave any. */
  readonly mayLeave: boolean;
  /** Neither staged nor told nor left for a person; or over without images that were paid; or never over. */
  readonly lost: number;
  /** Billed predictions beyond one a staging. */
  readonly paidTwice: number;
  /** Stagings that got the prediction of something else. */
  readonly mistaken: number;
  /** In micro-dollars: what was billed; what the runs say of it; what no run can say, being left for a person. */
  readonly billedMicroUsd: number;
  readonly bookedMicroUsd: number;
  readonly unheldMicroUsd: number;
  /** What must not be, each with how it came about. */
  readonly findings: readonly string[];
  /** What the named risk brings about: shown, and no finding. */
  readonly excused: readonly string[];
}

/** What is known of a world in which nobody works any more. */
export interface Aftermath {
  readonly records: readonly CallerRecord[];
  readonly runs: readonly RunRecord[];
  /** The runs whose images `resume` brought home. */
  readonly home: ReadonlySet<string>;
  readonly injected: Injected;
  /** What else must not be. */
  readonly troubles?: readonly string[];
  /** How a staging went, for a finding. */
  describe(record: CallerRecord): string;
}

/** Adds it up. */
export function toTally(kind: FaultKind, world: FaultWorld, aftermath: Aftermath): Tally {
  const { simulator } = world;
  const { records, runs, home, injected, troubles = [], describe } = aftermath;
  const ours = simulator.predictions.filter(({ by }) => by === "client");
  const tokens = new Map(
    simulator.predictions.map(({ id, by, input }) => [id, by === "client" ? findToken(input) : `another program's ${id}`]),
  );
  const paid = simulator.ledger.entries.filter(({ by, outputs }) => by === "client" && outputs > 0);
  const { findings: wrongBooks, ...money } = auditBooks(world, runs);
  const findings: string[] = [...troubles, ...wrongBooks].map((trouble) => `${kind.name}: ${trouble}`);
  const excused: string[] = [];
  const find = (what: string, found: readonly CallerRecord[], into = findings) => {
    into.push(...found.map((record) => `${kind.name}: ${what}. ${describe(record)}`));
    return found.length;
  };
  const atRisk = kind.isNamedRisk ? excused : findings;

  const stagingsOf = groupBy(records, ({ staging }) => staging.token);
  const paidOf = groupBy(paid, ({ id }) => tokens.get(id) ?? "nobody's");
  const runsOf = groupBy(runs, ({ group }) => group ?? "");
  const isStaged = (record: CallerRecord) => record.stagedRunId !== undefined || home.has(runOf(record)?.id ?? "");
  const isUnknown = (record: CallerRecord) => runOf(record)?.state === "unknown";
  const isFree = ({ state, error }: RunRecord) => state === "aborted" || (state === "failed" && error?.billed === "no");
  const isTold = (record: CallerRecord) => {
    const [run, { last }] = [runOf(record), record];
    return (run !== undefined && isFree(run)) || (last !== undefined && !last.retryable && last.billed === "no");
  };
  const pending = records.filter((record) => !isStaged(record));
  const left = pending.filter(isUnknown);
  const told = pending.filter((record) => !isUnknown(record) && isTold(record));
  const lost = pending.filter((record) => !isUnknown(record) && !isTold(record));
  const toReason = (record: CallerRecord) => {
    const run = runOf(record);
    return run && kind.mayLeaveUnknown?.(run);
  };
  const holdsAnothers = ({ staging }: CallerRecord) =>
    (runsOf.get(staging.token) ?? []).some(({ attempts }) =>
      attempts.some(({ predictionId }) => predictionId !== null && tokens.get(predictionId) !== staging.token),
    );
  const paidTwice = [...paidOf].reduce((sum, [token, entries]) => {
    const group = stagingsOf.get(token) ?? [];
    const surplus = Math.max(0, entries.length - group.length);
    if (surplus > 0) find(`paid ${entries.length} times for ${group.length}`, group.slice(0, 1), atRisk);
    return sum + surplus;
  }, 0);
  find(
    "left for a person without a reason",
    left.filter((record) => toReason(record) === undefined),
  );
  find(
    "an error that is none of ours",
    records.filter(({ strange }) => strange.length > 0),
  );
  find(
    "says that nothing was billed, yet something was",
    told.filter(({ staging }) => (paidOf.get(staging.token)?.length ?? 0) > (stagingsOf.get(staging.token)?.length ?? 0) - 1),
    atRisk,
  );
  // Whoever called for it may be content all the same: by another run of the same key.
  const endless = runs.filter((run) => !isOver(run) && run.state !== "unknown");
  findings.push(...endless.map(({ id, state, group }) => `${kind.name}: run ${id} of ${group} is ${state} still`));
  const neverStruck = Object.entries(injected).filter(([, times]) => times === 0);
  findings.push(...neverStruck.map(([label]) => `${kind.name}: nothing tested, since this never happened: ${label}`));
  if (Object.keys(injected).length === 0) findings.push(`${kind.name}: nothing tested, since it injects nothing`);
  return {
    kind: kind.name,
    title: kind.title,
    stagings: records.length,
    injected,
    creates: simulator.requests.filter(({ target }) => target === "create").length,
    predictions: ours.length,
    billed: paid.length,
    staged: records.length - pending.length,
    told: told.length,
    toldBy: [...new Set(told.map(({ last }) => last?.code ?? "gave up"))],
    leftUnknown: left.length,
    leftFor: [...new Set(left.flatMap((record) => toReason(record) ?? []))],
    mayLeave: kind.mayLeaveUnknown !== undefined,
    lost: find("lost", lost) + endless.length,
    paidTwice,
    mistaken: find("got the prediction of something else", records.filter(holdsAnothers)),
    ...money,
    findings,
    excused,
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
