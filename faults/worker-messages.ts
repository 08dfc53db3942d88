import type { CallerRecord } from "./caller.ts";
import type { CanaryResult } from "./canary-search.ts";
import type { Resumed } from "./resume-all.ts";

/** What a worker process is started with. */
export interface WorkerSetup {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly seed: number;
  /** What it prints, and what its search sees, as soon as it starts: to find out whether that is looked at. */
  readonly says?: string;
  readonly tells?: string;
  /** Where it ends or stands still by itself; absent: nowhere. */
  readonly stop?: StopAt | undefined;
}

/** A step of a process: a call of the run store or of Replicate. */
export interface StopAt {
  /** From 1. */
  readonly step: number;
  /** Whether the step is done by then. */
  readonly isDone: boolean;
  readonly signal: "SIGKILL" | "SIGSTOP";
}

/** What a worker is told to do: stage for these callers, bring runs home for them, or take over what lies about. */
export interface WorkerTask {
  readonly number: number;
  readonly resume: boolean;
  readonly isPatient: boolean;
  /** How often they wait in vain. */
  readonly mostTimeouts: number;
  readonly records: readonly CallerRecord[];
}

/** What it answers. */
export interface WorkerAnswer {
  readonly number: number;
  readonly records: readonly CallerRecord[];
  readonly resumed: Resumed;
  readonly canary: CanaryResult;
  /** How many steps it has made so far. */
  readonly steps: number;
}
