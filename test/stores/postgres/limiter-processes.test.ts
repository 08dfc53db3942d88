import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createFixedWindow, createSlidingWindow, createTokenBucket } from "../../../src/testing/simulator/rate-limit.ts";
import { toThrottleResponse } from "../../../src/testing/simulator/throttle-response.ts";
import { createDatabase } from "../../postgres/create-database.ts";
import { openSql } from "../../postgres/open-sql.ts";
import { countWithin } from "../../replicate/saturate.ts";
import { createLimitsSchema } from "./create-limits-schema.ts";

// A minute of five seconds.
const windowMs = 5_000;
const limit = 400;

// A twelfth of the time forgives a twelfth of the delays: where the machine was busy, it is looked at again.
const options = { retry: 2, timeout: 60_000 };

it("8 processes use 95 % of a limit, however it is counted; once one is refused, none sends before the time given", options, async () => {
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
  let started = Number.NaN;
  const now = () => performance.now() - started;
  const server = createServer(async (request, response) => {
    if (request.method !== "POST") return response.end("{}");
    const at = now();
    arrived.push(at);
    // Refused by one of them is refused.
    const answers = counters.map((counter) => counter.take(at));
    const waits = answers.flatMap((answer) => (answer.granted ? [] : [answer.retryAt - at]));
    if (waits.length === 0) return response.writeHead(201).end("{}");
    const seconds = Math.ceil(Math.max(...waits) / 1_000);
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

  const perMinute = (limit * 60_000) / windowMs;
  const given = [database.connectionString, schema, `http://127.0.0.1:${port}/`, String(perMinute)];
  const script = join(import.meta.dirname, "limiter-worker.ts");
  const workers = Array.from({ length: 8 }, () => fork(script, given, { execArgv: ["--import", "tsx"] }));
  onTestFinished(async () => {
    const ended = Promise.all(workers.map((worker) => once(worker, "exit")));
    for (const worker of workers) worker.kill("SIGKILL");
    await ended;
  });
  await Promise.all(workers.map((worker) => once(worker, "message")));
  started = performance.now();
  for (const worker of workers) worker.send("start");

  await wait(windowMs + 1_000);
  expect(countWithin(arrived, 500, 500 + windowMs)).toBeGreaterThanOrEqual(0.95 * limit);

  // Another program takes what is left of the limits, and nothing after that.
  await wait(1.7 * windowMs - now());
  expect(refused).toEqual([]);
  const taken = now();
  for (let count = 0; count < limit; count += 1) for (const counter of counters) counter.take(taken);
  await wait(2 * windowMs + 2_500 - now());

  const [first, ...others] = refused;
  if (first === undefined) throw new Error("nobody was refused");
  // What was under way, and no more: the database has to be told.
  expect(others.filter(({ at }) => at > first.at + 250)).toEqual([]);
  expect(countWithin(arrived, first.at + 250, first.until)).toBe(0);
  expect(countWithin(arrived, first.until, Number.POSITIVE_INFINITY)).toBeGreaterThan(50);
  console.log(arrived.length, countWithin(arrived, 500, 500 + windowMs), refused);
});
