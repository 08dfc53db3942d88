import { z } from "../../basics/z.ts";
import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { parseWith } from "../../errors/parse-with.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import type { Attempt, RunRecord } from "../../runs/run.ts";
import type { RunFilter, RunPatch, RunStore } from "../../runs/run-store.ts";
import { toPage } from "./to-page.ts";

const maximumLeaseMs = 365 * 86_400_000;
const fixedFields = ["id", "version", "createdAt", "updatedAt", "idempotencyKey", "fingerprint"];

/**
 * Runs in the memory of this process: for tests, demos and services that keep their own books. They end with the process.
 * `clock` gives milliseconds since 1970, and decides when a lease is over.
 *
 * @example
 * ```ts
 * import { memoryRunStore, StagingClient } from "restage";
 *
 * const client = new StagingClient({ runStore: memoryRunStore() });
 * ```
 */
export function memoryRunStore({ clock = () => Date.now() }: { readonly clock?: (() => number) | undefined } = {}): RunStore {
  // By id, in the order of creation; none is ever removed, so an id is a cursor that stays true while runs are added.
  const runs = new Map<string, RunRecord>();
  // The run that has an idempotency key, or a prediction.
  const owners = new Map<string, string>();

  const count = z.int().min(1);
  const claimSchema = z.object({ limit: count, leaseMs: z.number().positive().max(maximumLeaseMs) });
  const listSchema = z.object({
    cursor: z.custom<string>((id) => runs.has(id as string), "must be the cursor of the page before").optional(),
    limit: count.max(1_000).default(100),
  });

  function checkPredictions(id: string, attempts: readonly Attempt[], version: number): void {
    const names = toNames({ idempotencyKey: null, attempts });
    const isTaken = names.some((name, index) => (owners.get(name) ?? id) !== id || names.indexOf(name) < index);
    if (isTaken) throw new RunConflictError(id, version, version);
  }

  function write(run: RunRecord, before?: RunRecord): RunRecord {
    for (const name of before ? toNames(before) : []) owners.delete(name);
    for (const name of toNames(run)) owners.set(name, run.id);
    runs.set(run.id, run);
    return structuredClone(run);
  }

  function change(run: RunRecord, patch: Partial<RunRecord>, moment = clock()): RunRecord {
    return write({ ...run, ...patch, version: run.version + 1, updatedAt: toTime(moment) }, run);
  }

  return {
    async create(run) {
      const idempotencyKey = run.idempotencyKey ?? null;
      const holder = runs.get(owners.get(`key ${idempotencyKey}`) ?? "");
      if (holder !== undefined && !makesRoom(holder)) {
        if (holder.fingerprint !== run.fingerprint) throw new IdempotencyConflictError(holder.id);
        return { run: structuredClone(holder), isNew: false };
      }
      const same = runs.get(run.id);
      if (same !== undefined) throw new RunConflictError(run.id, 0, same.version);
      checkPredictions(run.id, run.attempts, 0);
      const createdAt = toTime(clock());
      const added = { ...structuredClone(run), version: 1, createdAt, updatedAt: createdAt, idempotencyKey, leaseExpiresAt: null };
      if (holder !== undefined) change(holder, { idempotencyKey: null });
      return { run: write(added), isNew: true };
    },
    async get(id) {
      return structuredClone(runs.get(id));
    },
    async update(id, expectedVersion, patch) {
      const run = runs.get(id);
      if (run === undefined) throw new RunNotFoundError(id);
      if (run.version !== expectedVersion) throw new RunConflictError(id, expectedVersion, run.version);
      // A caller without types, or with a whole record at hand, may pass more than a patch may hold.
      const entries = Object.entries(patch).filter(([name, value]) => value !== undefined && !fixedFields.includes(name));
      const changes: RunPatch = structuredClone(Object.fromEntries(entries));
      checkPredictions(id, changes.attempts ?? [], run.version);
      return change(run, changes);
    },
    async claim(options) {
      const { leaseMs, limit } = parseWith(claimSchema, options);
      const moment = clock();
      const isFree = ({ state, leaseExpiresAt }: RunRecord) =>
        options.states.includes(state) && (leaseExpiresAt === null || Date.parse(leaseExpiresAt) <= moment);
      const claimed = [...runs.values()].filter(isFree).slice(0, limit);
      return claimed.map((run) => change(run, { leaseExpiresAt: toTime(moment + leaseMs) }, moment));
    },
    async list(filter = {}) {
      const { cursor, limit } = parseWith(listSchema, filter);
      const newestFirst = [...runs.values()].reverse();
      const older = newestFirst.slice(newestFirst.findIndex(({ id }) => id === cursor) + 1);
      const { items, last } = toPage(
        older.filter((run) => matches(run, filter)),
        limit,
      );
      return { runs: structuredClone(items), ...(last && { cursor: last.id }) };
    },
  };
}

/** Whether a run is over and nothing was, or may have been, paid for it: then its key is free again. */
function makesRoom({ state, attempts, error }: RunRecord): boolean {
  const isOver = state === "failed" || state === "aborted" || (attempts.length === 0 && (state === "canceled" || state === "expired"));
  return isOver && (error?.billed ?? "no") === "no" && attempts.every(wasFree);
}

// An attempt that nobody answered may be running, and paid for.
function wasFree({ cost, error, predictionStatus }: Attempt): boolean {
  return !(cost?.outputs || cost?.microUsd) && (error === null ? predictionStatus === "aborted" : error.billed === "no");
}

// What no other run may have: its idempotency key and its predictions.
function toNames({ idempotencyKey, attempts }: Pick<RunRecord, "idempotencyKey" | "attempts">): readonly string[] {
  const predictions = attempts.flatMap(({ predictionId }) => (predictionId === null ? [] : [`prediction ${predictionId}`]));
  return idempotencyKey === null ? predictions : [`key ${idempotencyKey}`, ...predictions];
}

function matches(run: RunRecord, { states, ...wanted }: RunFilter): boolean {
  const fields = ["projectId", "group", "modelId"] as const;
  return (states?.includes(run.state) ?? true) && fields.every((field) => (wanted[field] ?? run[field]) === run[field]);
}

function toTime(moment: number): string {
  return new Date(moment).toISOString();
}
