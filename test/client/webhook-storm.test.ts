import { it } from "vitest";
import { runWebhookStorm } from "./run-webhook-storm.ts";

const runCount = Number(process.env.RESTAGE_WEBHOOK_RUNS ?? 300);

it(
  `settles ${runCount} runs once each, whatever becomes of their webhooks and of the answers to their creates`,
  {
    timeout: 3_600_000,
  },
  () => runWebhookStorm(runCount),
);
