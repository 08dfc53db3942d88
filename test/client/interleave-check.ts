import { expect } from "vitest";
import { RestageError } from "../../src/errors/restage-error.ts";
import { finalStates } from "../../src/runs/run.ts";
import { countOf } from "../replicate/helpers.ts";
import type { History } from "./interleave-history.ts";
import { leaseMs } from "./interleave-world.ts";

/** The one request that everybody stages. */
export const request = {
  image: "https://example.com/room.jpg",
  room: "living_room",
  style: "scandinavian",
  idempotencyKey: "order-1",
} as const;

/**
 * Looks at the end of a history: what was left behind is taken up, and the request is staged once more, as its service would do. Then there
 * is one prediction, held by the run that it was made for, every run is over, the books are right, and all who got images have the same run.
 */
export async function checkEnd({ world, outcomes, spent }: History): Promise<void> {
  const { simulator, after, runs } = world;
  // Two creates that got lost are given up; who stood still may find that another one went on. Each is told that nothing was paid.
  const mayFail = spent.faults > 1 || spent.freezes > 0;
  const expected = mayFail ? ["not_created", "run_failed"] : [];
  for (const [name, { error }] of outcomes) {
    if (error !== undefined && !(RestageError.is(error) && expected.includes(error.code) && error.billed === "no"))
      throw new Error(`${name} failed`, { cause: error });
  }
  await simulator.clock.advance(leaseMs + 1_000);
  await after.resume();
  const staged = await after.stage(request);
  expect(await after.resume()).toEqual([]);

  const all = await runs();
  expect(all.filter(({ state, leaseExpiresAt }) => !finalStates.includes(state) || leaseExpiresAt !== null)).toEqual([]);
  expect(all.filter(({ idempotencyKey }) => idempotencyKey !== null).map(({ id, state }) => [id, state])).toEqual([
    [staged.id, "succeeded"],
  ]);
  const got = [...outcomes.values()].flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  expect(new Set([...got, staged.id])).toEqual(new Set([staged.id]));
  expect(simulator.predictions).toHaveLength(1);
  // Each create that a fault or a crash befell may be followed by one more.
  expect(countOf(simulator, "create")).toBeLessThanOrEqual(1 + spent.faults + spent.crashes);
  await checkBooks({ world });
}

/** No prediction is lost: each is held by the run that it was made for, and the books tell what Replicate bills. */
export async function checkBooks({ world: { simulator, runs, model } }: Pick<History, "world">): Promise<void> {
  const all = await runs();
  const holders = all.flatMap(({ id, attempts }) => attempts.flatMap(({ predictionId }) => (predictionId ? [[predictionId, id]] : [])));
  expect(holders.sort()).toEqual([...model.makers].sort());
  expect(simulator.predictions.map(({ id }) => id).sort()).toEqual([...model.makers.keys()].sort());
  expect(all.reduce((sum, { cost }) => sum + (cost?.microUsd ?? Number.NaN), 0)).toBe(simulator.ledger.microUsd);
}
