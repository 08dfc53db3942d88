import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresLimiter } from "../../../src/stores/postgres/postgres-limiter.ts";
import type { SqlQuery } from "../../../src/stores/postgres/sql.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import type { OpenSql } from "../../postgres/open-sql.ts";
import { createVirtualClock, nextTurn } from "../../replicate/create-virtual-clock.ts";
import { countings, countTooEarly, countWaves, countWithin, minute, saturate, type Traffic, toRandom } from "../../replicate/saturate.ts";
import { createLimitsSchema } from "./create-limits-schema.ts";

const createsPerMinute = 200;

describe("eight postgresLimiters that know of each other through the database alone", () => {
  let database: OpenSql;
  beforeAll(async () => {
    database = await openDatabase("pg");
  });
  afterAll(() => database.close());

  /** By a clock that moves once all answers of the database are there, and which is the database's, too. */
  async function openFleet() {
    const schema = await createLimitsSchema(database.sql);
    let pending = 0;
    let statements = 0;
    const settle = async () => {
      do await nextTurn();
      while (pending > 0);
    };
    const clock = createVirtualClock({ settle });
    const sql: SqlQuery = {
      query(text, parameters) {
        pending += 1;
        statements += 1;
        const byItsClock = text.replaceAll("clock_timestamp()", `to_timestamp(${clock.now()}::double precision / 1000)`);
        return database.sql.query(byItsClock, parameters).finally(() => {
          pending -= 1;
        });
      },
    };
    const limiters = Array.from({ length: 8 }, () => postgresLimiter({ sql, schema, clock, createsPerMinute }));
    return { clock, limiters, statements: () => statements };
  }

  it.each(countings)(
    "are refused once where half of %s was used before, wait as told, and then use at least 95 percent",
    async (_, createServer) => {
      const { clock, limiters, statements } = await openFleet();
      const start = clock.now();
      const server = createServer(createsPerMinute);
      for (let count = 0; count < createsPerMinute / 2; count += 1) server.take(start);
      const traffics = limiters.map((limiter, index) => saturate({ limiter, clock, server, callers: 2, random: toRandom(index) }));
      await clock.run(2.5 * minute);
      const traffic = toOne(traffics);
      expect(countWaves(traffic)).toBe(1);
      expect(countTooEarly(traffic)).toBe(0);
      expect(countWithin(traffic.taken, start + 1.5 * minute, start + 2.5 * minute)).toBeGreaterThanOrEqual(0.95 * createsPerMinute);
      expect(statements()).toBeLessThan(1.3 * traffic.sent.length);
    },
  );
});

function toOne(traffics: readonly Traffic[]): Traffic {
  return {
    sent: traffics.flatMap(({ sent }) => sent),
    taken: traffics.flatMap(({ taken }) => taken),
    refused: traffics.flatMap(({ refused }) => refused).sort((one, other) => one.at - other.at),
  };
}
