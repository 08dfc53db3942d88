import { monitorEventLoopDelay } from "node:perf_hooks";
import { type CanaryResult, createCanarySearch } from "./canary-search.ts";
import { eachOf } from "./each-of.ts";
import type { FaultKind } from "./fault-kind.ts";
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
  readonly canary: CanaryResult;
  /** How long this process stood still at most, in milliseconds: one that stands still too long breaks the scale. */
  readonly longestStallMs: number;
  /** Whether nothing was lost, paid twice, mistaken, told in vain or left for a person without a reason. */
  readonly isKept: boolean;
}

const riskStagings = 60;

/** Runs every kind: so many at once as keep two cores busy. */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const { kinds, stagings, processShare, kindsAtOnce = 4, seed, toDatabaseUrl, onTally } = options;
  const begun = Date.now();
  const search = createCanarySearch();
  const stalls = monitorEventLoopDelay({ resolution: 20 });
  stalls.enable();
  const tallies = new Map<FaultKind, Tally>();
  const done = (kind: FaultKind, tally: Tally) => {
    tallies.set(kind, tally);
    onTally?.(tally);
  };
  const simple = kinds.filter(({ needs }) => needs !== "processes");
  const hard = kinds.filter(({ needs }) => needs === "processes");
  const counted = hard.filter(({ isNamedRisk }) => !isNamedRisk);
  const share = simple.length === 0 ? 1 : counted.length === 0 ? 0 : processShare;
  const toOptions = (kind: FaultKind, count: number) => {
    return { seed: (seed + kinds.indexOf(kind) * 1_000) >>> 0, stagings: Math.ceil(count), concurrency: 24, search };
  };
  const inMemory = eachOf(simple, kindsAtOnce, async (kind) => {
    done(kind, await runInMemory(kind, toOptions(kind, (stagings * (1 - share)) / simple.length)));
  });
  const inProcesses = async () => {
    if (hard.length === 0) return;
    const databaseUrl = await toDatabaseUrl();
    const worker = await buildWorker();
    try {
      await eachOf(hard, 3, async (kind) => {
        const count = kind.isNamedRisk ? Math.min(riskStagings, Math.max(2, stagings / 20)) : (stagings * share) / counted.length;
        done(kind, await runInProcesses(kind, { ...toOptions(kind, count), databaseUrl, workerPath: worker.path }));
      });
    } finally {
      await worker.remove();
    }
  };
  await Promise.all([inMemory, inProcesses()]);
  const inOrder = kinds.flatMap((kind) => tallies.get(kind) ?? []);
  const risks = new Set(kinds.filter(({ isNamedRisk }) => isNamedRisk).map(({ name }) => name));
  const regular = inOrder.filter(({ kind }) => !risks.has(kind));
  const canary = search.result;
  return {
    seed,
    durationMs: Date.now() - begun,
    tallies: regular,
    namedRisks: inOrder.filter(({ kind }) => risks.has(kind)),
    canary,
    longestStallMs: Math.round(stalls.max / 1e6),
    isKept: canary.hits.length === 0 && regular.every(({ findings }) => findings.length === 0),
  };
}
