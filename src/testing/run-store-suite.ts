import { claimCases } from "./run-store-cases/claim-cases.ts";
import { createCases } from "./run-store-cases/create-cases.ts";
import { leaseCases } from "./run-store-cases/lease-cases.ts";
import { listCases } from "./run-store-cases/list-cases.ts";
import { predictionCases } from "./run-store-cases/prediction-cases.ts";
import { purgeCases } from "./run-store-cases/purge-cases.ts";
import { roomCases } from "./run-store-cases/room-cases.ts";
import type { RunStoreCase } from "./run-store-cases/run-store-case.ts";
import { searchCases } from "./run-store-cases/search-cases.ts";
import { summaryCases } from "./run-store-cases/summary-cases.ts";
import { updateCases } from "./run-store-cases/update-cases.ts";
import { valueCases } from "./run-store-cases/value-cases.ts";

export type { RunStoreCase, RunStoreContext, RunStoreFeature } from "./run-store-cases/run-store-case.ts";
export { sampleAttempt } from "./run-store-cases/sample-attempt.ts";
export { sampleImage } from "./run-store-cases/sample-image.ts";
export { sampleRun } from "./run-store-cases/sample-run.ts";

/**
 * What every `RunStore` must do, as data for any test runner. Each case makes empty stores of its own. A store that lacks a
 * feature skips the cases that require it, and says why.
 *
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { memoryRunStore } from "restage";
 * import { runStoreSuite } from "restage/testing";
 *
 * const unsupported: { advance?: string } = {}; // or { advance: "the clock of this database cannot be moved, and waiting takes too long" }
 *
 * for (const { name, requires, run } of runStoreSuite) {
 *   const skip = requires === undefined ? undefined : unsupported[requires];
 *   let now = Date.now();
 *   const advance = (milliseconds: number) => {
 *     now += milliseconds;
 *   };
 *   test(name, skip === undefined ? {} : { skip }, () => run({ createStore: () => memoryRunStore({ clock: () => now }), advance }));
 * }
 * ```
 */
export const runStoreSuite: readonly RunStoreCase[] = [
  ...createCases,
  ...roomCases,
  ...updateCases,
  ...predictionCases,
  ...claimCases,
  ...leaseCases,
  ...listCases,
  ...searchCases,
  ...summaryCases,
  ...purgeCases,
  ...valueCases,
];
