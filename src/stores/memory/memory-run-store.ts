import { IdempotencyConflictError } from "../../errors/idempotency-conflict-error.ts";
import { InvalidRequestError } from "../../errors/invalid-request-error.ts";
import { RunConflictError } from "../../errors/run-conflict-error.ts";
import { RunNotFoundError } from "../../errors/run-not-found-error.ts";
import type { Attempt, RunRecord } from "../../runs/run.ts";
import type { RunFilter, RunPatch, RunStore } from "../../runs/run-store.ts";

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
  // In the order of creation; none is ever removed, so a position is a cursor that stays true while runs are added.
  const runs: RunRecord[] = [];
  const positions = new Map<string, number>();
  const idsByKey = new Map<string, string>();
  const idsByPrediction = new Map<string, string>();

  function find(id: string | undefined): RunRecord | undefined {
    return id === undefined ? undefined : runs[positions.get(id) ?? -1];
  }

  function checkPredictions({ id, attempts }: Pick<RunRecord, "id" | "attempts">, version: number): void {
    const predictionIds = toPredictionIds(attempts);
    const isTaken = predictionIds.some((predictionId) => (idsByPrediction.get(predictionId) ?? id) !== id);
    if (isTaken || new Set(predictionIds).size < predictionIds.length) throw new RunConflictError(id, version, version);
  }

  function write(run: RunRecord, before?: RunRecord): RunRecord {
    const position = positions.get(run.id) ?? runs.length;
    for (const predictionId of toPredictionIds(before?.attempts ?? [])) idsByPrediction.delete(predictionId);
    for (const predictionId of toPredictionIds(run.attempts)) idsByPrediction.set(predictionId, run.id);
    positions.set(run.id, position);
    runs[position] = run;
    return structuredClone(run);
  }

  function change(run: RunRecord, patch: Partial<RunRecord>, moment = clock()): RunRecord {
    return write({ ...run, ...patch, version: run.version + 1, updatedAt: toTime(moment) }, run);
  }

  return {
    async create(run) {
      const key = run.idempotencyKey ?? null;
      const holder = key === null ? undefined : find(idsByKey.get(key));
      if (holder !== undefined && !makesRoom(holder)) {
        if (holder.fingerprint !== run.fingerprint) throw new IdempotencyConflictError(holder.id);
        return { run: structuredClone(holder), isNew: false };
      }
      const same = find(run.id);
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
      return structuredClone(find(id));
    },
    async update(id, expectedVersion, patch) {
      const run = find(id);
      if (run === undefined) throw new RunNotFoundError(id);
      if (run.version !== expectedVersion) throw new RunConflictError(id, expectedVersion, run.version);
      const changes = toChanges(patch);
      checkPredictions({ id, attempts: changes.attempts ?? run.attempts }, run.version);
      return change(run, changes);
    },
    async claim({ states, leaseMs, limit }) {
      check({
        limit: !isCount(limit) && "must be a whole number of 1 or more",
        leaseMs: !(leaseMs > 0 && leaseMs <= maximumLeaseMs) && `must be above 0 and at most ${maximumLeaseMs}`,
      });
      const moment = clock();
      const isFree = ({ leaseExpiresAt }: RunRecord) => leaseExpiresAt === null || Date.parse(leaseExpiresAt) <= moment;
      const claimed = runs.filter((run) => states.includes(run.state) && isFree(run)).slice(0, limit);
      return claimed.map((run) => change(run, { leaseExpiresAt: toTime(moment + leaseMs) }, moment));
    },
    async list(filter = {}) {
      const { cursor, limit = 100 } = filter;
      const isCursor = cursor === undefined || (/^\d{1,15}$/.test(cursor) && Number(cursor) < runs.length);
      check({
        limit: !(isCount(limit) && limit <= 1_000) && "must be a whole number from 1 to 1000",
        cursor: !isCursor && "must be the cursor of the page before",
      });
      const page: RunRecord[] = [];
      let last = cursor === undefined ? runs.length : Number(cursor);
      for (let position = last - 1; position >= 0; position -= 1) {
        const run = runs[position];
        if (run === undefined || !matches(run, filter)) continue;
        if (page.length === limit) return { runs: page, cursor: String(last) };
        page.push(structuredClone(run));
        last = position;
      }
      return { runs: page };
    },
  };
}

/** Whether a run is over and nothing was, or may have been, paid for it: then its key is free again. */
function makesRoom({ state, attempts, error }: RunRecord): boolean {
  if (attempts.length === 0) return ["failed", "aborted", "canceled", "expired"].includes(state) && (error?.billed ?? "no") === "no";
  return (state === "failed" || state === "aborted") && error?.billed === "no" && attempts.every(wasFree);
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

function matches(run: RunRecord, { states, projectId, group, modelId }: RunFilter): boolean {
  return (
    (states === undefined || states.includes(run.state)) &&
    (projectId === undefined || projectId === run.projectId) &&
    (group === undefined || group === run.group) &&
    (modelId === undefined || modelId === run.modelId)
  );
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function toTime(moment: number): string {
  return new Date(moment).toISOString();
}

function check(messages: Readonly<Record<string, string | false>>): void {
  const problems = Object.entries(messages).flatMap(([field, message]) => (message === false ? [] : [{ field, message }]));
  if (problems.length > 0) throw new InvalidRequestError(problems);
}
