import type { Clock } from "../../basics/clock.ts";
import type { MicroUsd } from "../../model/price.ts";
import type { Faults } from "./fault.ts";
import type { Ledger } from "./ledger.ts";
import type { Outcomes } from "./outcome.ts";
import type { PredictionRecord, PredictionStatus } from "./prediction-record.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import type { SimulatorClock } from "./simulator-clock.ts";
import type { WebhookDelivery } from "./webhook-options.ts";

/** A simulated Replicate. */
export interface ReplicateSimulator {
  /** The base of its HTTP API, such as `http://127.0.0.1:40001/v1`. */
  readonly url: string;
  /** The token that it accepts. */
  readonly token: string;
  /** What points a `StagingClient` at it: address, token, and a clock as fast as its `timeScale`. */
  readonly clientOptions: { readonly baseUrl: string; readonly token: string; readonly clock: Clock };
  readonly webhookSecret: string;
  /** Repeats its ids, durations and pictures when given as an option. */
  readonly seed: number;
  /**
   * A `fetch` that asks it in memory, without the network: for requests to `url`, to `https://api.replicate.com/v1` and to
   * `https://replicate.delivery`. A failing connection rejects as Node's own `fetch` does. Any other origin is refused.
   */
  readonly fetch: typeof fetch;
  readonly clock: SimulatorClock;
  /** What goes wrong with coming calls. */
  readonly faults: Faults;
  /** What becomes of coming predictions. */
  readonly outcomes: Outcomes;
  /** What it was asked, in order. */
  readonly requests: readonly RecordedRequest[];
  /** Its predictions as they stand now, oldest first. */
  readonly predictions: readonly SimulatedPrediction[];
  /** What it would have billed by now. */
  readonly ledger: Ledger;
  /** What is left of the credit; `null` when there is plenty. */
  readonly remainingMicroUsd: MicroUsd | null;
  addCredit(microUsd: MicroUsd): void;
  /** The webhooks it tried to deliver, in order. */
  readonly webhookDeliveries: readonly WebhookDelivery[];
  /** Creates a prediction as another program would that shares the account. Gives its id. */
  createElsewhere(prediction: ElsewherePrediction): string;
  /** Stops it and ends all connections. Answers and webhooks under way are dropped. */
  close(): Promise<void>;
}

/** A prediction of another program on the same account. */
export interface ElsewherePrediction {
  readonly modelId: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Default `"api"`. */
  readonly source?: "api" | "web";
  /** How long ago it was created, in milliseconds (not scaled). Default 0. */
  readonly agoMs?: number;
}

/** A prediction as a test looks at it. Times are milliseconds since 1970. */
export interface SimulatedPrediction {
  readonly id: string;
  readonly modelId: string;
  readonly status: PredictionStatus;
  readonly by: PredictionRecord["by"];
  /** As it was sent, also when its data is removed. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly ignoredInputs: readonly string[];
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  /** How many images can be seen. */
  readonly outputs: number;
  readonly isDataRemoved: boolean;
}
