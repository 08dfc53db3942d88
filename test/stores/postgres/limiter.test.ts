import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "../../../src/basics/clock.ts";
import { DatabaseUnavailableError } from "../../../src/errors/database-unavailable-error.ts";
import { MissingTableError } from "../../../src/errors/missing-table-error.ts";
import { createLimiter } from "../../../src/replicate/create-limiter.ts";
import type { Limiter } from "../../../src/replicate/limiter.ts";
import { type PostgresLimiterOptions, postgresLimiter } from "../../../src/stores/postgres/postgres-limiter.ts";
import { createDatabase, type TestDatabase } from "../../postgres/create-database.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { drivers, type OpenSql, openSql } from "../../postgres/open-sql.ts";
import { createVirtualClock } from "../../replicate/create-virtual-clock.ts";
import { createLimitsSchema, passTime } from "./create-limits-schema.ts";

const minute = 60_000;
const throttle = { kind: "create", retryAfterMs: 30_000, hasLowCredit: false } as const;

describe.each(drivers)("postgresLimiter through %s", (driver) => {
  let database: OpenSql;
  beforeAll(async () => {
    database = await openDatabase(driver);
  }, 60_000);
  afterAll(() => database.close());

  /** A limiter, or several of one schema, whose sleep puts the database's clock on instead: nobody waits. */
  async function open(options: Partial<PostgresLimiterOptions> = {}) {
    const schema = await createLimitsSchema(database.sql);
    let slept = 0;
    const clock: Clock = {
      now: () => slept,
      async sleep(milliseconds) {
        slept += milliseconds;
        await passTime(database.sql, schema, milliseconds);
      },
    };
    const create = (more: Partial<PostgresLimiterOptions> = {}) => {
      return postgresLimiter({ sql: database.sql, schema, clock, createsPerMinute: 6, ...options, ...more });
    };
    return { schema, clock, create, limiter: create(), slept: () => slept };
  }

  it("reckons as the one in memory does", async () => {
    const { limiter, slept } = await open();
    const virtual = createVirtualClock();
    const start = virtual.now();
    const inMemory = createLimiter({ clock: virtual, createsPerMinute: 6 });
    const expected = await playThrough(inMemory, async (grant) => {
      let isOver = false;
      void grant.then(() => {
        isOver = true;
      });
      while (!isOver) await virtual.run(100);
      return virtual.now() - start;
    });
    const waits = await playThrough(limiter, async (grant) => {
      await grant;
      return slept();
    });
    // The time that the statements took is missing.
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThan((expected[index] ?? 0) - 8_000);
      expect(wait).toBeLessThan((expected[index] ?? 0) + 2_000);
    });
    expect(waits).toHaveLength(12);
  });

  it("holds everybody who shares the account for a 429 that one has heard, and nobody else", async () => {
    const { create, slept } = await open();
    const [one, other] = [create(), create()];
    await one.throttled(throttle);
    await create({ account: "another" }).acquire("create");
    await other.acquire("other");
    expect(slept()).toBe(0);
    await other.acquire("create");
    expect(slept()).toBeGreaterThan(20_000);
    const before = slept();
    await one.acquire("create");
    expect(slept() - before).toBeGreaterThan(5_000);
  });

  it("lets nothing go of a moment before a 429 that was heard since", async () => {
    const schema = await createLimitsSchema(database.sql);
    let heard = false;
    let slept = 0;
    const limiter = postgresLimiter({
      sql: {
        async query(text, parameters) {
          const result = await database.sql.query(text, parameters);
          const isGrant = result.rows[0]?.is_granted === true;
          if (isGrant && !heard) {
            heard = true;
            await limiter.throttled(throttle);
          }
          return result;
        },
      },
      schema,
      clock: {
        now: () => slept,
        async sleep(milliseconds) {
          slept += milliseconds;
          await passTime(database.sql, schema, milliseconds);
        },
      },
    });
    await limiter.acquire("create");
    expect(slept).toBeGreaterThan(20_000);
  });

  it("gives grants in the order of asking, also beside others, with little more than a statement for each", async () => {
    let statements = 0;
    const sql = {
      query: (text: string, parameters?: readonly unknown[]) => {
        statements += 1;
        return database.sql.query(text, parameters);
      },
    };
    const { create } = await open({ sql, createsPerMinute: 60_000 });
    const order: number[] = [];
    const limiters = [create(), create(), create(), create()];
    const abort = new AbortController();
    const asked = Array.from({ length: 100 }, (_, index) => {
      const limiter = limiters[index % 4] as Limiter;
      return limiter.acquire("create", index % 10 === 9 ? abort.signal : undefined).then(() => order.push(index));
    });
    abort.abort(new Error("enough"));
    const results = await Promise.allSettled(asked);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(90);
    for (const which of [0, 1, 2, 3]) {
      const mine = order.filter((index) => index % 4 === which);
      expect(mine).toEqual([...mine].sort((one, other) => one - other));
    }
    expect(statements).toBeLessThan(3 * 90);
  });

  it("is not locked by a clock of the database that is put back, and waits for what it has to", async () => {
    const { limiter, schema, slept } = await open();
    await limiter.acquire("create");
    await limiter.throttled(throttle);
    await passTime(database.sql, schema, -60 * minute);
    await limiter.acquire("create");
    expect(slept()).toBeGreaterThan(20_000);
    expect(slept()).toBeLessThan(33_000);
    await passTime(database.sql, schema, 60 * minute);
    const before = slept();
    await limiter.acquire("create");
    expect(slept()).toBe(before);
  });

  it("starts anew where its row was deleted", async () => {
    const { limiter, schema, slept } = await open();
    await limiter.throttled(throttle);
    await database.sql.query(`delete from ${schema}.restage_limits`);
    await limiter.acquire("create");
    expect(slept()).toBe(0);
  });

  it("grants nothing where the database fails, and tells a 429 that it could not tell before the next grant", async () => {
    let isDown = true;
    const sql = {
      query: async (text: string, parameters?: readonly unknown[]) => {
        if (isDown) throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
        return database.sql.query(text, parameters);
      },
    };
    const { limiter, slept } = await open({ sql });
    const asked = await Promise.allSettled([limiter.acquire("create"), limiter.acquire("create")]);
    for (const result of asked) expect(result.status === "rejected" && DatabaseUnavailableError.is(result.reason)).toBe(true);
    await limiter.throttled(throttle);
    await limiter.throttled({ ...throttle, retryAfterMs: 50_000 });
    await limiter.throttled({ ...throttle, retryAfterMs: null });
    await expect(limiter.acquire("create")).rejects.toMatchObject({ code: "database_unavailable" });
    isDown = false;
    await limiter.acquire("create");
    expect(slept()).toBeGreaterThan(40_000);
  });

  it("says what to do where its table is missing", async () => {
    const limiter = postgresLimiter({ sql: database.sql, schema: "nowhere" });
    const error = await limiter.acquire("create").catch((thrown: unknown) => thrown);
    expect(MissingTableError.is(error)).toBe(true);
    expect(String(error)).toContain("restage migrate up");
  });

  it("names options that do not fit", () => {
    const sql = database.sql;
    expect(() => postgresLimiter({ sql, share: 2 })).toThrow(expect.objectContaining({ code: "invalid_request" }));
    expect(() => postgresLimiter({ sql, account: 7 as unknown as string })).toThrow(expect.objectContaining({ code: "invalid_request" }));
    expect(() => postgresLimiter({ sql, schema: "a b" })).toThrow(expect.objectContaining({ code: "invalid_schema_name" }));
  });
});

/** What 429s of all kinds do to one caller: the times at which it got on. */
async function playThrough(limiter: Limiter, wait: (grant: Promise<void>) => Promise<number>): Promise<readonly number[]> {
  const times: number[] = [];
  const grant = async (count: number) => {
    for (let taken = 0; taken < count; taken += 1) times.push(await wait(limiter.acquire("create")));
  };
  await grant(3);
  await limiter.throttled(throttle);
  await grant(2);
  await limiter.throttled({ ...throttle, retryAfterMs: null });
  await limiter.throttled({ ...throttle, retryAfterMs: null });
  await grant(2);
  await limiter.throttled({ ...throttle, retryAfterMs: 5_000, hasLowCredit: true });
  await grant(5);
  return times;
}

describe("postgresLimiter where a statement fails that another came before", () => {
  let database: TestDatabase;
  let opened: OpenSql;
  beforeAll(async () => {
    database = await createDatabase();
    const options = new URLSearchParams({ options: "-c default_transaction_isolation=repeatable\\ read" });
    opened = await openSql("pg", { connectionString: `${database.connectionString}?${options}` });
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  it("grants all the same", async () => {
    const schema = await createLimitsSchema(opened.sql);
    const create = () => postgresLimiter({ sql: opened.sql, schema, createsPerMinute: 60_000 });
    const limiters = Array.from({ length: 4 }, create);
    await Promise.all(Array.from({ length: 60 }, (_, index) => limiters[index % 4]?.acquire("create")));
  });
});
