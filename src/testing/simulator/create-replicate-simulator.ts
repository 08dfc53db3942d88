import { UnknownModelError } from "../../errors/unknown-model-error.ts";
import { createFastClock } from "../create-fast-clock.ts";
import { createAccount } from "./account.ts";
import { addPrediction } from "./add-prediction.ts";
import { createFaults } from "./create-faults.ts";
import { createHandler } from "./create-handler.ts";
import { createMemoryFetch } from "./create-memory-fetch.ts";
import { toLedger } from "./ledger.ts";
import { createOutcomes } from "./outcome.ts";
import type { PredictionRecord } from "./prediction-record.ts";
import { toPredictionState } from "./prediction-state.ts";
import { createPredictionStore } from "./prediction-store.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import type { ElsewherePrediction, ReplicateSimulator, SimulatedPrediction } from "./replicate-simulator.ts";
import type { ReplicateSimulatorOptions } from "./replicate-simulator-options.ts";
import { createSimulatorClock } from "./simulator-clock.ts";
import type { SimulatorParts } from "./simulator-parts.ts";
import { type SimulatorSettings, toSimulatorSettings } from "./simulator-settings.ts";
import { toSite } from "./site.ts";
import { startServer } from "./start-server.ts";
import { createFileStore } from "./stored-file.ts";
import { createWebhookSender } from "./webhook-sender.ts";

/**
 * Starts a simulated Replicate on the loopback address: its HTTP API with predictions, files, webhooks, limits and prices, and images
 * drawn from the photo and marked as simulated. Nothing leaves the machine and nothing is paid. Close it when done.
 * @throws {UnknownModelError} by `createElsewhere`, for a model that it does not run.
 *
 * @example
 * ```ts
 * import { StagingClient } from "restage";
 * import { createReplicateSimulator } from "restage/testing";
 *
 * const replicate = await createReplicateSimulator({ timeScale: 0.01 });
 * replicate.faults.add({ on: "create", kind: "reset", when: "after_accept" });
 * const client = new StagingClient(replicate.clientOptions);
 * console.log(replicate.ledger.microUsd);
 * await replicate.close();
 * ```
 */
export async function createReplicateSimulator(options: ReplicateSimulatorOptions = {}): Promise<ReplicateSimulator> {
  const settings = toSimulatorSettings(options);
  const parts = createParts(settings, createSimulatorClock(options.clock ?? "running", options.startAt ?? Date.now()));
  const { clock, account, predictions, webhooks, faults, outcomes } = parts;
  const requests: RecordedRequest[] = [];
  const handle = createHandler(parts, requests);
  const server = await startServer(handle, options.port ?? 0);
  const memory = createMemoryFetch(handle, server.origin);
  const view = (record: PredictionRecord): SimulatedPrediction => {
    const { status, startedAt, completedAt, outputs, isDataRemoved } = toPredictionState(record, clock.now(), settings);
    const { id, model, by, input, ignoredInputs, createdAt } = record;
    return { id, modelId: model.id, status, by, input, ignoredInputs, createdAt, startedAt, completedAt, outputs, isDataRemoved };
  };
  const url = `${server.origin}/v1`;
  const { token } = settings;
  return {
    url,
    token,
    clientOptions: { baseUrl: url, token, clock: createFastClock(1 / (options.timeScale ?? 1)) },
    webhookSecret: settings.webhookSecret,
    seed: settings.seed,
    fetch: memory.fetch,
    clock: { now: clock.now, advance: clock.advance },
    faults,
    outcomes,
    requests,
    get predictions() {
      return predictions.list().map(view);
    },
    get ledger() {
      return toLedger(predictions.list(), clock.now(), settings);
    },
    get remainingMicroUsd() {
      return account.remainingMicroUsd();
    },
    addCredit: account.addCredit,
    webhookDeliveries: webhooks.deliveries,
    createElsewhere: (prediction) => createElsewhere(parts, new URL(server.origin), prediction),
    async close() {
      clock.stop();
      webhooks.stop();
      memory.close();
      await server.close();
    },
  };
}

function createParts(settings: SimulatorSettings, clock: SimulatorParts["clock"]): SimulatorParts {
  const predictions = createPredictionStore();
  return {
    settings,
    clock,
    predictions,
    account: createAccount(settings, predictions, clock),
    limiter: createRateLimiter(settings.rateLimits, settings.minuteMs),
    files: createFileStore(),
    outcomes: createOutcomes(),
    faults: createFaults(settings.seeded),
    webhooks: createWebhookSender(settings, clock),
  };
}

function createElsewhere(parts: SimulatorParts, origin: URL, { modelId, input, source = "api", agoMs = 0 }: ElsewherePrediction): string {
  const { models } = parts.settings;
  const model = models.get(modelId);
  if (model === undefined) throw new UnknownModelError(modelId, [...models.keys()]);
  const record = addPrediction(parts, {
    by: "elsewhere",
    source,
    site: toSite(origin),
    model,
    version: "hidden",
    input,
    ignoredInputs: [],
    webhook: null,
    createdAt: Math.round(parts.clock.now() - agoMs),
    cancelAfterMs: null,
    outcome: {},
  });
  return record.id;
}
