import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, inject, it, onTestFinished } from "vitest";
import { createFixedWindow, createSlidingWindow, createTokenBucket } from "../../../src/testing/simulator/rate-limit.ts";
import { toThrottleResponse } from "../../../src/testing/simulator/throttle-response.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { openSql } from "../../postgres/open-sql.ts";
import { countWithin } from "../../replicate/saturate.ts";
import { createLimitsSchema } from "./create-limits-schema.ts";

// A minute of 25 seconds. It is not waited for: a fleet that used all it may was there before. Where a busy machine held the processes
// up for longer than a burst makes up for, it is looked at again.
const windowMs = 25_000;
const limit = 500;
const measuredMs = 8_000;
const options = { retry: 2, timeout: 60_000 };

it("8 processes use 95 % of a limit, however it is counted; once one is refused, none sends before the time given", options, async () => {
  const { arrived, refused, start, takeAll } = await startFleet();
  const startedAt = await start();
  await wait(measuredMs);
  expect(refused).toEqual([]);
  expect(countWithin(arrived, startedAt, startedAt + measuredMs)).toBeGreaterThanOrEqual((0.95 * limit * measuredMs) / windowMs);

  // Another program takes what is left of the limits, and nothing after that.
  takeAll();
  await wait(5_000);
  const [first, ...others] = refused;
  if (first === undefined) throw new Error("nobody was refused");
  // What was under way comes still: the others hear of it through the database.
  const heardAt = first.at + 500;
  expect(others.filter(({ at }) => at > heardAt)).toEqual([]);
  expect(first.until).toBeGreaterThan(heardAt + 1_000);
  expect(countWithin(arrived, heardAt, first.until)).toBe(0);
  expect(countWithin(arrived, first.until, Number.POSITIVE_INFINITY)).toBeGreaterThan(10);
});

/** Eight processes with a limiter in one database, and a server that counts in all three ways what they send. */
async function startFleet() {
  const database = await createDatabase();
  onTestFinished(database.drop);
  const { sql, close } = await openSql("pg", database);
  const schema = await createLimitsSchema(sql);
  await close();

  const counters = [
    createFixedWindow(limit, windowMs),
    createSlidingWindow(limit, windowMs),
    createTokenBucket(limit, windowMs, limit / 10),
  ];
  const arrived: number[] = [];
  const refused: { readonly at: number; readonly until: number }[] = [];
  const zero = performance.now();
  let offset = 0;
  const now = () => performance.now() - zero + offset;
  const server = createServer(async (request, response) => {
    if (request.method !== "POST") return response.end("{}");
    const at = now();
    arrived.push(at);
    // Refused by one of them is refused.
    const answers = counters.map((counter) => counter.take(at));
    const waits = answers.flatMap((answer) => (answer.granted ? [] : [answer.retryAt - at]));
    if (waits.length === 0) return response.writeHead(201).end("{}");
    const seconds = Math.ceil(Math.max(2_000, ...waits) / 1_000);
    refused.push({ at, until: at + seconds * 1_000 });
    const answer = toThrottleResponse(seconds, ["header", "body", "text"]);
    return response.writeHead(429, Object.fromEntries(answer.headers)).end(await answer.text());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });

  const { port } = server.address() as AddressInfo;
  const given = [database.connectionString, schema, `http://127.0.0.1:${port}/`, String((limit * 60_000) / windowMs)];
  const script = join(inject("programs"), "limiter-worker.mjs");
  const workers = Array.from({ length: 8 }, () => fork(script, given, { execArgv: [] }));
  onTestFinished(async () => {
    const ended = Promise.all(workers.map((worker) => once(worker, "exit")));
    for (const worker of workers) worker.kill("SIGKILL");
    await ended;
  });
  await Promise.all(workers.map((worker) => once(worker, "message")));

  return {
    arrived,
    refused,
    async start(): Promise<number> {
      // A fixed window ends two seconds after what is measured.
      offset = 2 * windowMs - measuredMs - 2_000 - (performance.now() - zero);
      const startedAt = now();
      const intervalMs = windowMs / (0.97 * limit);
      for (let at = startedAt - windowMs; at < startedAt; at += intervalMs) for (const counter of counters) counter.take(at);
      for (const worker of workers) worker.send("start");
      return startedAt;
    },
    takeAll() {
      for (let count = 0; count < limit; count += 1) for (const counter of counters) counter.take(now());
    },
  };
}
