import { type Cost, type MicroUsd, toCost } from "../model/price.ts";
import { toEstimatedUsage } from "../model/to-estimated-usage.ts";
import { registry } from "../models/registry.ts";

/** What one staging with each of these models costs on Replicate, with the models' own defaults; `null` where one price is unknown. */
export function estimateCost(modelIds: readonly string[]): MicroUsd | null {
  return sumCosts(
    modelIds.map((modelId) => {
      const model = registry.lookup(modelId);
      return toCost(model.price, toEstimatedUsage(model, model.defaultConfig.toMap()));
    }),
  );
}

/** The sum of costs; `null` where one is unknown. */
export function sumCosts(costs: readonly Pick<Cost, "microUsd">[]): MicroUsd | null {
  return costs.reduce<MicroUsd | null>((sum, { microUsd }) => (sum === null || microUsd === null ? null : sum + microUsd), 0);
}
