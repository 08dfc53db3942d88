import { mapConcurrently } from "../../src/cli/map-concurrently.ts";
import { createClientProcess } from "../clients/client-process.ts";
import type { ComparedClient } from "../clients/compared-client.ts";
import type { FaultKind } from "../fault-kind.ts";
import { type ComparedStaging, compareStaging } from "./compare-staging.ts";
import { watchStalls } from "./watch-stalls.ts";

/** What is compared, and how far it may go. */
export interface ComparisonOptions {
  readonly clients: readonly ComparedClient[];
  readonly kinds: readonly FaultKind[];
  /** Stagings of each client for each kind. */
  readonly times: number;
  readonly seed: number;
  /** How many stagings are under way at once. */
  readonly concurrency: number;
  /** Stagings that have not begun by then are left out, in milliseconds since 1970. */
  readonly endsAt: number;
  onProgress(done: number, all: number): void;
}

/** One staging of the comparison. */
export interface ComparisonEntry extends ComparedStaging {
  readonly client: string;
  readonly kind: string;
}

// A minute lasts 600 ms here: a machine that is busy elsewhere for a part of it runs clients into time limits. Such a staging is repeated.
const tolerableStallMs = 100;

/** Stages every kind so many times with every client: the same faults and the same seeds for all. */
export async function compareClients(options: ComparisonOptions): Promise<readonly ComparisonEntry[]> {
  const { clients, kinds, times, seed, concurrency, endsAt, onProgress } = options;
  const processes = new Map(clients.map(({ name }) => [name, createClientProcess(name)]));
  const jobs = kinds.flatMap((kind, number) =>
    Array.from({ length: times }, (_, index) => index).flatMap((index) =>
      [...processes].map(([client, process]) => ({ client, process, kind, index, seed: seed + number * times })),
    ),
  );
  const stalledSince = watchStalls();
  const untilUndisturbed = async (stage: () => Promise<ComparedStaging>, repeats = 5): Promise<ComparedStaging> => {
    const startedAt = performance.now();
    const staging = await stage();
    const stalledMs = Math.max(staging.stalledMs ?? 0, stalledSince(startedAt));
    return stalledMs > tolerableStallMs && repeats > 0 ? untilUndisturbed(stage, repeats - 1) : staging;
  };
  let done = 0;
  try {
    const entries = await mapConcurrently(jobs, concurrency, async (job): Promise<readonly ComparisonEntry[]> => {
      if (Date.now() >= endsAt) return [];
      const staging = await untilUndisturbed(() => compareStaging(job.process, job.kind, job.seed, job.index));
      done += 1;
      onProgress(done, jobs.length);
      return [{ client: job.client, kind: job.kind.name, ...staging }];
    });
    return entries.flat();
  } finally {
    for (const process of processes.values()) process.close();
  }
}
