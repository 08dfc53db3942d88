import type { AnyModel } from "../../model/model.ts";
import { type Cost, toCost } from "../../model/price.ts";
import { toEstimatedUsage } from "../../model/to-estimated-usage.ts";
import { resolvePrice } from "../../settings/resolve-price.ts";
import type { ConfigInForce } from "../../settings/resolve-settings.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";

/**
 * The most that one staging with this config can cost. Pure.
 * @throws {InvalidStoredSettingError} when the stored price is none.
 */
export function toEstimate(snapshot: SettingsSnapshot, model: AnyModel, { config }: ConfigInForce): Cost {
  const imageUrl = model.capabilities.takesPhoto ? "https://example.com/room.jpg" : undefined;
  const { input } = model.buildInput({ prompt: "A room", config: config as never, imageUrl });
  return toCost(resolvePrice(snapshot, model).price, toEstimatedUsage(model, input));
}
