import { concurrencyCases } from "./config-store-cases/concurrency-cases.ts";
import type { ConfigStoreCase } from "./config-store-cases/config-store-case.ts";
import { listCases } from "./config-store-cases/list-cases.ts";
import { refusalCases } from "./config-store-cases/refusal-cases.ts";
import { trailCases } from "./config-store-cases/trail-cases.ts";
import { valueCases } from "./config-store-cases/value-cases.ts";
import { versionCases } from "./config-store-cases/version-cases.ts";
import { watchCases } from "./config-store-cases/watch-cases.ts";

/**
 * What every `ConfigStore` must do, as data for any test runner. Each case makes empty stores of its own. A store that lacks a
 * feature skips the cases that require it, and says why.
 *
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { memoryConfigStore } from "restage";
 * import { configStoreSuite } from "restage/testing";
 *
 * const unsupported: { watch?: string } = {}; // or { watch: "the pooler of this database cannot listen" }
 *
 * for (const { name, requires, run } of configStoreSuite) {
 *   const skip = requires === undefined ? undefined : unsupported[requires];
 *   test(name, skip === undefined ? {} : { skip }, () => run({ createStore: () => memoryConfigStore() }));
 * }
 * ```
 */
export const configStoreSuite: readonly ConfigStoreCase[] = [
  ...valueCases,
  ...versionCases,
  ...listCases,
  ...trailCases,
  ...concurrencyCases,
  ...refusalCases,
  ...watchCases,
];
