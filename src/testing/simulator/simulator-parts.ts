import type { Account } from "./account.ts";
import type { createFaults } from "./create-faults.ts";
import type { createOutcomes } from "./outcome.ts";
import type { PredictionStore } from "./prediction-store.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { TaskClock } from "./simulator-clock.ts";
import type { SimulatorSettings } from "./simulator-settings.ts";
import type { FileStore } from "./stored-file.ts";
import type { WebhookSender } from "./webhook-sender.ts";

/** Everything that a simulator is made of, as its endpoints need it. */
export interface SimulatorParts {
  readonly settings: SimulatorSettings;
  readonly clock: TaskClock;
  readonly account: Account;
  readonly limiter: RateLimiter;
  readonly predictions: PredictionStore;
  readonly files: FileStore;
  readonly outcomes: ReturnType<typeof createOutcomes>;
  readonly faults: ReturnType<typeof createFaults>;
  readonly webhooks: WebhookSender;
}
