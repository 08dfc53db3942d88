import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import { checkClaim, checkList } from "../../runs/check-run-call.ts";
import { makesRoom } from "../../runs/makes-room.ts";
import type { Attempt, RunRecord } from "../../runs/run.ts";
import type { RunFilter, RunStore } from "../../runs/run-store.ts";
import { toChanges } from "../../runs/to-changes.ts";
import { toPage } from "./to-page.ts";

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
      const changes = structuredClone(toChanges(patch));
      checkPredictions(id, changes.attempts ?? [], run.version);
      return change(run, changes);
    },
    async claim(options) {
      checkClaim(options);
      const { states, leaseMs, limit } = options;
      const moment = clock();
      const isFree = ({ state, leaseExpiresAt }: RunRecord) =>
        states.includes(state) && (leaseExpiresAt === null || Date.parse(leaseExpiresAt) <= moment);
      const claimed = [...runs.values()].filter(isFree).slice(0, limit);
      return claimed.map((run) => change(run, { leaseExpiresAt: toTime(moment + leaseMs) }, moment));
    },
    async list(filter = {}) {
      const limit = checkList(filter, (cursor) => runs.has(cursor));
      const newestFirst = [...runs.values()].reverse();
      const older = newestFirst.slice(newestFirst.findIndex(({ id }) => id === filter.cursor) + 1);
      const { items, last } = toPage(
        older.filter((run) => matches(run, filter)),
        limit,
      );
      return { runs: structuredClone(items), ...(last && { cursor: last.id }) };
    },
  };
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
