import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { type CanaryResult, createCanarySearch } from "./canary-search.ts";
import { eachOf } from "./each-of.ts";
import type { FaultKind } from "./fault-kind.ts";
import { type Planted, plantCanaries, plantInProcesses } from "./plant-canaries.ts";
import { runInMemory } from "./run-in-memory.ts";
import { runInProcesses } from "./run-in-processes.ts";
import { buildWorker } from "./start-worker.ts";
import type { Tally } from "./tally.ts";

/** How much is staged, and where. */
export interface SuiteOptions {
  readonly kinds: readonly FaultKind[];
  /** In all. */
  readonly stagings: number;
  /** The share of them that goes through processes over PostgreSQL. */
  readonly processShare: number;
  readonly seed: number;
  /** Of a PostgreSQL server where databases can be made; asked for only where a kind needs it. */
  readonly toDatabaseUrl: () => Promise<string>;
  /** How many kinds run at once in this process. Default 4. */
  readonly kindsAtOnce?: number;
  /** After how many milliseconds it ends, whatever is still under way. */
  readonly timeLimitMs: number;
  /** Told as each kind is done. */
  readonly onTally?: (tally: Tally) => void;
}

/** What came of it. */
export interface SuiteResult {
  readonly seed: number;
  readonly durationMs: number;
  readonly tallies: readonly Tally[];
  /** Kinds of which no client can rule out that they pay twice. */
  readonly namedRisks: readonly Tally[];
  readonly canary: CanaryResult & Planted;
  /** The kinds that came to no end, or for which there was no time. */
  readonly unfinished: readonly string[];
  /** What broke in the suite itself. */
  readonly broken: readonly string[];
  /** How long this process stood still at most, in milliseconds: one that stands still too long breaks the scale. */
  readonly longestStallMs: number;
  /** Whether every fault struck, nothing was lost, paid twice, mistaken, told in vain or left for a person without a reason, and no canary seen. */
  readonly isKept: boolean;
}

const riskStagings = 60;

/** Runs every kind: so many at once as keep two cores busy. */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const { kinds, stagings, processShare, kindsAtOnce = 4, timeLimitMs, seed, toDatabaseUrl, onTally } = options;
  const begun = Date.now();
  const search = createCanarySearch();
  const plants = [await plantCanaries()];
  const stalls = monitorEventLoopDelay({ resolution: 20 });
  stalls.enable();
  const tallies = new Map<FaultKind, Tally>();
  const broken: string[] = [];
  // One that breaks does not take the others with it.
  const run = async (kind: FaultKind, work: () => Promise<Tally>) => {
    if (Date.now() - begun >= timeLimitMs) return;
    try {
      const tally = await work();
      tallies.set(kind, tally);
      onTally?.(tally);
    } catch (error) {
      search.seeError(error);
      broken.push(`${kind.name} broke off: ${error instanceof Error ? error.stack : error}`);
    }
  };
  const simple = kinds.filter(({ needs }) => needs !== "processes");
  const hard = kinds.filter(({ needs }) => needs === "processes");
  const counted = hard.filter(({ isNamedRisk }) => !isNamedRisk);
  const share = simple.length === 0 ? 1 : counted.length === 0 ? 0 : processShare;
  const toOptions = (kind: FaultKind, count: number) => {
    return { seed: toKindSeed(seed, kind), stagings: Math.ceil(count), concurrency: 24, search };
  };
  const inMemory = () =>
    eachOf(simple, kindsAtOnce, (kind) => run(kind, () => runInMemory(kind, toOptions(kind, (stagings * (1 - share)) / simple.length))));
  const inProcesses = async () => {
    if (hard.length === 0) return;
    const databaseUrl = await toDatabaseUrl();
    const worker = await buildWorker();
    try {
      plants.push(await plantInProcesses(databaseUrl, worker.path));
      await eachOf(hard, 3, (kind) => {
        const count = kind.isNamedRisk ? Math.min(riskStagings, Math.max(2, stagings / 20)) : (stagings * share) / counted.length;
        return run(kind, () => runInProcesses(kind, { ...toOptions(kind, count), databaseUrl, workerPath: worker.path }));
      });
    } finally {
      worker.remove();
    }
  };
  const isHeard = (warning: Error) => search.seeError(warning);
  process.on("warning", isHeard);
  const overtime = new AbortController();
  const timeIsOver = wait(timeLimitMs, undefined, { signal: overtime.signal }).catch(() => undefined);
  // One after the other: a database gives up on whoever is too busy to answer it.
  const work = inProcesses().then(inMemory);
  await Promise.race([work, timeIsOver]);
  work.catch(() => undefined);
  overtime.abort();
  process.off("warning", isHeard);
  const inOrder = kinds.flatMap((kind) => tallies.get(kind) ?? []);
  const risks = new Set(kinds.filter(({ isNamedRisk }) => isNamedRisk).map(({ name }) => name));
  const isSound = broken.length === 0 && inOrder.every(({ findings }) => findings.length === 0);
  const unfinished = kinds.filter((kind) => !tallies.has(kind)).map(({ name }) => name);
  const missed = plants.flatMap((plant) => plant.missed);
  const result = {
    seed,
    durationMs: Date.now() - begun,
    tallies: inOrder.filter(({ kind }) => !risks.has(kind)),
    namedRisks: inOrder.filter(({ kind }) => risks.has(kind)),
    unfinished,
    broken,
    longestStallMs: Math.round(stalls.max / 1e6),
  };
  // What is printed of it is a page, too.
  search.seeText("the report", JSON.stringify(result));
  const canary = { ...search.result, planted: plants.reduce((sum, { planted }) => sum + planted, 0), missed };
  const isClean = canary.hits.length === 0 && missed.length === 0;
  return { ...result, canary, isKept: isClean && isSound && unfinished.length === 0 };
}

// The same whichever other kinds run.
function toKindSeed(seed: number, { name }: FaultKind): number {
  return [...name].reduce((mixed, letter) => Math.imul(mixed, 31) + letter.charCodeAt(0), seed) >>> 0;
}
