import { expect, it, onTestFinished } from "vitest";
import { postgresRunStore } from "../../../src/stores/postgres/postgres-run-store.ts";
import type { SqlQuery } from "../../../src/stores/postgres/sql.ts";
import { request } from "../../client/helpers.ts";
import { setTheCallback } from "../../client/receive-webhooks.ts";
import { runWebhookStorm } from "../../client/run-webhook-storm.ts";
import { openDatabase } from "../../postgres/open-database.ts";
import { createRunsSchema } from "./create-runs-schema.ts";

const runCount = Number(process.env.RESTAGE_WEBHOOK_RUNS ?? 100);

/** A store of its own, and the statements that the database was sent. */
async function openRuns() {
  const { sql, close } = await openDatabase("pg");
  onTestFinished(close);
  const schema = await createRunsSchema(sql);
  const sent: string[] = [];
  const counting: SqlQuery = {
    query(text, parameters) {
      sent.push(text);
      return sql.query(text, parameters);
    },
  };
  return { runStore: postgresRunStore({ sql: counting, schema }), sent };
}

it(`settles ${runCount} runs once each in PostgreSQL, whatever becomes of their webhooks`, { timeout: 3_600_000 }, async () => {
  const { runStore } = await openRuns();
  await runWebhookStorm(runCount, runStore);
});

it.each(["succeeded", "failed"] as const)("takes two statements to write down a webhook: %s", async (status) => {
  const { runStore, sent } = await openRuns();
  const bodies: unknown[] = [];
  const webhook = { url: "https://example.com/hook" };
  const stage = await setTheCallback({ runStore, webhook }, {}, async (call) => {
    bodies.push(await call.json());
    return new Response();
  });
  if (status === "failed") stage.simulator.outcomes.add({ status });
  const { id } = await stage.client.start(request);
  await stage.simulator.clock.advance(60_000);
  expect(bodies).toMatchObject([{ status }]);
  const toCount = async () => {
    const before = sent.length;
    const received = await stage.client.receive(bodies[0]);
    return { run: received?.run.id, isDue: received?.isDue, statements: sent.length - before };
  };
  expect(await toCount()).toEqual({ run: id, isDue: true, statements: 2 });
  expect(await toCount()).toEqual({ run: id, isDue: status === "succeeded", statements: 1 });
});
