export type { BudgetStoreCase, BudgetStoreContext, BudgetStoreFeature } from "./budget-store-cases/budget-store-case.ts";
export { budgetStoreSuite } from "./budget-store-suite.ts";
export { type BuilderCase, builderCases } from "./builder-cases.ts";
export type { ConfigStoreCase, ConfigStoreContext, ConfigStoreFeature } from "./config-store-cases/config-store-case.ts";
export { configStoreSuite } from "./config-store-suite.ts";
export { createFastClock } from "./create-fast-clock.ts";
export type { DrawRequest, DrawStaged } from "./draw-request.ts";
export { drawStaged } from "./draw-staged.ts";
export {
  type RunStoreCase,
  type RunStoreContext,
  type RunStoreFeature,
  runStoreSuite,
  sampleAttempt,
  sampleImage,
  sampleRun,
} from "./run-store-suite.ts";
export { createReplicateSimulator } from "./simulator/create-replicate-simulator.ts";
export type { Fault, FaultRule, Faults, FaultTarget } from "./simulator/fault.ts";
export type { Ledger, LedgerEntry } from "./simulator/ledger.ts";
export type { Outcome, Outcomes } from "./simulator/outcome.ts";
export type { PredictionStatus } from "./simulator/prediction-record.ts";
export type { RateLimitAlgorithm, RateLimitOptions } from "./simulator/rate-limit.ts";
export type { RecordedRequest } from "./simulator/recorded-request.ts";
export type { ElsewherePrediction, ReplicateSimulator, SimulatedPrediction } from "./simulator/replicate-simulator.ts";
export type { ReplicateSimulatorOptions } from "./simulator/replicate-simulator-options.ts";
export type { SimulatorClock } from "./simulator/simulator-clock.ts";
export type { InputEcho, ThrottleTell, UnestablishedBehaviour } from "./simulator/unestablished-behaviour.ts";
export type { WebhookDelivery, WebhookEvent, WebhookOptions } from "./simulator/webhook-options.ts";
