import { type Clock, systemClock } from "../../basics/clock.ts";
import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { DatabaseUnavailableError } from "../../errors/database-unavailable-error.ts";
import { parseWith } from "../../errors/parse-with.ts";
import { type AccountLimits, parseLimits } from "../../replicate/account-limits.ts";
import { type Asked, createGrantQueue } from "../../replicate/create-grant-queue.ts";
import { type LimitState, toFreshState, toRate, toSeen, toThrottled } from "../../replicate/limit-state.ts";
import type { CallKind, Limiter, Throttle } from "../../replicate/limiter.ts";
import { checkSchema } from "./check-schema.ts";
import { toLimitStatements } from "./limit-statements.ts";
import { runStatement } from "./run-statement.ts";
import type { SqlQuery, SqlRow } from "./sql.ts";
import { toStorableText } from "./to-storable.ts";

/** How a limiter in PostgreSQL is set up. */
export interface PostgresLimiterOptions extends AccountLimits {
  readonly sql: SqlQuery;
  /** Default `"public"`. */
  readonly schema?: string | undefined;
  /** Which account of Replicate the calls are made with, by any name. Default `"default"`. */
  readonly account?: string | undefined;
  /** What is slept by between two looks; all else goes by the database's clock. Default: real time. */
  readonly clock?: Clock | undefined;
}

const patienceMs = 10_000;

const accountSchema = once(() => z.object({ account: z.string().default("default") }));

/**
 * Keeps all processes that use the schema within the limits of an account: `createLimiter` for a fleet. A grant is one statement. A 429
 * that one process sees holds all of them.
 *
 * Where the database fails, or says nothing for 10 s, `acquire` throws a `DatabaseUnavailableError` or `DatabaseError` and nothing is
 * sent. A 429 that could not be told is told before the next grant.
 * @throws {InvalidSchemaNameError}
 * @throws {InvalidRequestError} naming the options that do not fit.
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { StagingClient } from "restage";
 * import { fromPg, postgresLimiter, postgresRunStore } from "restage/postgres";
 *
 * const sql = fromPg(new pg.Pool({ connectionString: process.env.DATABASE_URL }));
 * const client = new StagingClient({ runStore: postgresRunStore({ sql }), limiter: postgresLimiter({ sql }) });
 * ```
 */
export function postgresLimiter(options: PostgresLimiterOptions): Limiter {
  const { sql, schema, clock = systemClock } = options;
  const statements = toLimitStatements(checkSchema(schema));
  const limits = parseLimits(options);
  const account = toStorableText(parseWith(accountSchema(), options).account);
  const run = (statement: keyof typeof statements, kind: CallKind, ...parameters: readonly unknown[]) =>
    withPatience(runStatement(sql, statements[statement], [account, kind, ...parameters]));

  /** Works the state out anew, whoever else does so meanwhile. */
  async function change(kind: CallKind, toNext: (state: LimitState, now: number) => LimitState): Promise<void> {
    for (;;) {
      const [row] = await run("read", kind);
      const { version, now } = row as { readonly version: number | null; readonly now: number };
      const before = version === null ? toFreshState(now) : toState(row as SqlRow);
      const { tokens, filledAt, heldUntil, seenAt, ...learned } = toNext(before, now);
      const { intervalMs, burst, until } = toRate({ tokens, filledAt, heldUntil, seenAt, ...learned }, now, limits[kind]);
      const isFilled = tokens !== before.tokens || filledAt !== before.filledAt;
      const columns = [tokens, filledAt, heldUntil, seenAt, intervalMs, burst, until, JSON.stringify(learned)];
      const written = await run("write", kind, version, isFilled, ...columns);
      if (written.length > 0) return;
    }
  }

  const lines = { create: createLine("create"), other: createLine("other") };
  return {
    acquire: (kind, ...how) => lines[kind].acquire(...how),
    throttled: (throttle) => lines[throttle.kind].throttled(throttle),
  };

  function createLine(kind: CallKind) {
    let heard = 0;
    let untold: Throttle | undefined;
    let telling: Promise<void> | undefined;

    // Those that come while one is told, such as all that was under way, are told as one.
    async function tellAll(): Promise<void> {
      for (let throttle = untold; throttle !== undefined; throttle = untold) {
        const told = throttle;
        await change(kind, (state, now) => toThrottled(state, told, now, limits[kind]));
        if (untold === told) untold = undefined;
      }
    }
    function tell(): Promise<void> {
      telling ??= tellAll().finally(() => {
        telling = undefined;
      });
      return telling;
    }

    async function ask(wantsMore: boolean): Promise<Asked> {
      await tell();
      const before = heard;
      const [row] = await run("grant", kind, wantsMore);
      // Of a moment before the 429: given back, by not using it.
      if (heard > before) return { isGranted: false, waitMs: 0 };
      if (row?.is_fresh === true) return { isGranted: row.is_granted === true, waitMs: toSleep(Number(row.wait_ms)) };
      await change(kind, toSeen);
      return { isGranted: false, waitMs: 0 };
    }

    return {
      acquire: createGrantQueue(clock, ask),
      async throttled(throttle: Throttle): Promise<void> {
        heard += 1;
        untold = untold ? toWorse(untold, throttle) : throttle;
        await tell().catch(() => undefined);
      },
    };
  }
}

/** Node's timers may be early by a millisecond, and whoever comes too early has come in vain. */
function toSleep(waitMs: number): number {
  return waitMs > 0 ? waitMs + 1 : 0;
}

/** Two of one kind as one. */
function toWorse(one: Throttle, other: Throttle): Throttle {
  const times = [one.retryAfterMs, other.retryAfterMs].filter((time) => time !== null);
  return {
    kind: one.kind,
    retryAfterMs: times.length > 0 ? Math.max(...times) : null,
    hasLowCredit: one.hasLowCredit || other.hasLowCredit,
  };
}

function toState(row: SqlRow): LimitState {
  const { tokens, filled_at_ms: filledAt, held_until_ms: heldUntil, seen_at_ms: seenAt, learned } = row;
  return { ...JSON.parse(learned as string), tokens, filledAt, heldUntil, seenAt };
}

async function withPatience<Value>(answer: Promise<Value>): Promise<Value> {
  const done = new AbortController();
  const limit = systemClock.sleep(patienceMs, done.signal).then(() => {
    const message = `The database says nothing for ${patienceMs / 1000} s, so nothing was sent. Look at its load, and at what the driver was given`;
    throw new DatabaseUnavailableError(message, { retryable: true });
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    done.abort();
  }
}
