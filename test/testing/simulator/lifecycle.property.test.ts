import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReplicateSimulator } from "../../../src/testing/index.ts";
import { kontextInput } from "./helpers.ts";

const order = ["starting", "processing", "over"];
const rank = (status: string): number => Math.max(0, order.indexOf(order.includes(status) ? status : "over"));

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("advance" as const), ms: fc.integer({ min: 0, max: 20_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("advance" as const), ms: fc.constant(3_700_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("create" as const) }) },
);

const outcome = fc.record(
  {
    status: fc.constantFrom("succeeded" as const, "failed" as const, "canceled" as const, "aborted" as const),
    durationMs: fc.integer({ min: 0, max: 30_000 }),
    startingMs: fc.integer({ min: 0, max: 10_000 }),
    neverStarts: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe("any prediction", () => {
  it("only moves forward, ends once, and is billed once at most", async () => {
    await fc.assert(
      fc.asyncProperty(
        outcome,
        fc.option(fc.constantFrom("5s", "10s", "1m")),
        fc.array(step, { maxLength: 12 }),
        async (scripted, deadline, steps) => {
          const simulator = await createReplicateSimulator({ clock: "manual", rateLimits: false });
          try {
            const headers = { authorization: `Bearer ${simulator.token}`, ...(deadline === null ? {} : { "cancel-after": deadline }) };
            const create = async (): Promise<string> => {
              const url = `${simulator.url}/models/black-forest-labs/flux-kontext-pro/predictions`;
              const answer = await simulator.fetch(url, { method: "POST", headers, body: JSON.stringify({ input: kontextInput }) });
              return (await answer.json()).id;
            };
            simulator.outcomes.add(scripted);
            const id = await create();
            const get = async () => (await simulator.fetch(`${simulator.url}/predictions/${id}`, { headers })).json();
            let before = await get();
            let billed = 0;
            for (const { kind, ...rest } of steps) {
              if (kind === "create") await create();
              else if (kind === "cancel") await simulator.fetch(`${simulator.url}/predictions/${id}/cancel`, { method: "POST", headers });
              else await simulator.clock.advance("ms" in rest ? rest.ms : 0);
              const after = await get();
              expect(rank(after.status)).toBeGreaterThanOrEqual(rank(before.status));
              if (rank(before.status) === 2) {
                expect({ ...after, input: 0, output: 0, logs: 0, data_removed: 0 }).toEqual({
                  ...before,
                  input: 0,
                  output: 0,
                  logs: 0,
                  data_removed: 0,
                });
              }
              const cost = simulator.ledger.entries[0]?.microUsd ?? 0;
              expect(cost).toBeGreaterThanOrEqual(billed);
              expect(cost).toBeLessThanOrEqual(40_000);
              if (cost > 0) expect(["succeeded", "canceled"]).toContain(after.status);
              if (after.status === "aborted") expect(after).not.toHaveProperty("started_at");
              before = after;
              billed = cost;
            }
          } finally {
            await simulator.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
