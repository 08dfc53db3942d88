import { z } from "zod";
import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { InvalidRequestError } from "../../errors/invalid-request-error.ts";
import type { Problem } from "../../errors/problem.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import type { Attempt, RunRecord } from "../../runs/run.ts";
import type { RunFilter, RunPatch, RunStore } from "../../runs/run-store.ts";
import { parseWith } from "../../settings/parse-with.ts";
import { toPage } from "./to-page.ts";

const maximumLeaseMs = 365 * 86_400_000;
const fixedFields: ReadonlySet<string> = new Set(["id", "version", "createdAt", "updatedAt", "idempotencyKey", "fingerprint"]);

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
  const idsByKey = new Map<string | null, string>();
  const idsByPrediction = new Map<string, string>();

  const count = z.int().min(1);
  const isCursor = (value: unknown) => runs.has(value as string);
  const claimSchema = z.object({ limit: count, leaseMs: z.number().positive().max(maximumLeaseMs) });
  const listSchema = z.object({
    cursor: z.custom<string>(isCursor, "must be the cursor of the page before").optional(),
    limit: count.max(1_000).default(100),
  });

  function find(id: string | undefined): RunRecord | undefined {
    return id === undefined ? undefined : runs.get(id);
  }

  function checkPredictions({ id, attempts }: Pick<RunRecord, "id" | "attempts">, version: number): void {
    const predictionIds = toPredictionIds(attempts);
    const isTaken = predictionIds.some((predictionId) => (idsByPrediction.get(predictionId) ?? id) !== id);
    if (isTaken || new Set(predictionIds).size < predictionIds.length) throw new RunConflictError(id, version, version);
  }

  function write(run: RunRecord, before?: RunRecord): RunRecord {
    for (const predictionId of toPredictionIds(before?.attempts ?? [])) idsByPrediction.delete(predictionId);
    for (const predictionId of toPredictionIds(run.attempts)) idsByPrediction.set(predictionId, run.id);
    runs.set(run.id, run);
    return structuredClone(run);
  }

  function change(run: RunRecord, patch: Partial<RunRecord>, moment = clock()): RunRecord {
    return write({ ...run, ...patch, version: run.version + 1, updatedAt: toTime(moment) }, run);
  }

  return {
    async create(run) {
      const key = run.idempotencyKey ?? null;
      const holder = find(idsByKey.get(key));
      if (holder !== undefined && !makesRoom(holder)) {
        if (holder.fingerprint !== run.fingerprint) throw new IdempotencyConflictError(holder.id);
        return { run: structuredClone(holder), isNew: false };
      }
      const same = runs.get(run.id);
      if (same !== undefined) throw new RunConflictError(run.id, 0, same.version);
      checkPredictions(run, 0);
      const createdAt = toTime(clock());
      const own = { version: 1, createdAt, updatedAt: createdAt, idempotencyKey: key, leaseExpiresAt: null };
      const added = write({ ...structuredClone(run), ...own });
      if (holder !== undefined) change(holder, { idempotencyKey: null });
      if (key !== null) idsByKey.set(key, run.id);
      return { run: added, isNew: true };
    },
    async get(id) {
      return structuredClone(runs.get(id));
    },
    async update(id, expectedVersion, patch) {
      const run = runs.get(id);
      if (run === undefined) throw new RunNotFoundError(id);
      if (run.version !== expectedVersion) throw new RunConflictError(id, expectedVersion, run.version);
      const changes = toChanges(patch);
      checkPredictions({ id, attempts: changes.attempts ?? run.attempts }, run.version);
      return change(run, changes);
    },
    async claim(options) {
      parseWith(claimSchema, options, toRequestError);
      const { states, leaseMs, limit } = options;
      const moment = clock();
      const isFree = ({ leaseExpiresAt }: RunRecord) => leaseExpiresAt === null || Date.parse(leaseExpiresAt) <= moment;
      const claimed = [...runs.values()].filter((run) => states.includes(run.state) && isFree(run)).slice(0, limit);
      return claimed.map((run) => change(run, { leaseExpiresAt: toTime(moment + leaseMs) }, moment));
    },
    async list(filter = {}) {
      const { cursor, limit } = parseWith(listSchema, filter, toRequestError);
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
  const isUnsent = attempts.length === 0;
  const isOver = state === "failed" || state === "aborted" || (isUnsent && (state === "canceled" || state === "expired"));
  return isOver && (error?.billed ?? (isUnsent ? "no" : "unknown")) === "no" && attempts.every(wasFree);
}

// An attempt that nobody answered may be running, and paid for.
function wasFree({ cost, error, predictionStatus }: Attempt): boolean {
  const isCharged = cost !== null && (cost.outputs > 0 || (cost.microUsd ?? 0) > 0);
  return !isCharged && (error === null ? predictionStatus === "aborted" : error.billed === "no");
}

function toPredictionIds(attempts: readonly Attempt[]): readonly string[] {
  return attempts.flatMap(({ predictionId }) => predictionId ?? []);
}

// A caller without types, or with a whole record at hand, may pass more than a patch may hold.
function toChanges(patch: RunPatch): RunPatch {
  return structuredClone(
    Object.fromEntries(Object.entries(patch).filter(([name, value]) => value !== undefined && !fixedFields.has(name))),
  );
}

function matches(run: RunRecord, filter: RunFilter): boolean {
  const isEqual = (field: "projectId" | "group" | "modelId") => filter[field] === undefined || filter[field] === run[field];
  return (filter.states?.includes(run.state) ?? true) && isEqual("projectId") && isEqual("group") && isEqual("modelId");
}

function toTime(moment: number): string {
  return new Date(moment).toISOString();
}

function toRequestError(problems: readonly Problem[]): InvalidRequestError {
  return new InvalidRequestError(problems);
}
