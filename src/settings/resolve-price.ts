import { InvalidSettingError } from "../errors/invalid-setting-error.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { AnyModel } from "../model/model.ts";
import type { Price } from "../model/price.ts";
import { priceKey } from "./setting-keys.ts";
import type { SettingsSnapshot, SettingsSource } from "./settings-snapshot.ts";
import type { SettingWriteOptions } from "./settings-types.ts";
import { parseStored, priceSchema } from "./stored-values.ts";

/** What a model costs, and who says so. */
export interface PriceInForce {
  /** `null` where nobody knows. */
  readonly price: Price | null;
  /** The owner's own price, or the one that the model is defined with. */
  readonly origin: "global" | "default";
  /** The version of the owner's price; `null` where there is none. */
  readonly version: number | null;
}

/**
 * The price of a model that is in force: the owner's, else the one that the model is defined with. Pure.
 * @throws {InvalidStoredSettingError} when the stored price is none, or belongs to another model.
 */
export function resolvePrice({ documents }: Pick<SettingsSnapshot, "documents">, model: AnyModel): PriceInForce {
  const document = documents.get(priceKey(model));
  if (document === undefined) return { price: model.price ?? null, origin: "default", version: null };
  const { modelId, price } = parseStored("price", document);
  if (modelId === model.id) return { price, origin: "global", version: document.version };
  const message = `is ${JSON.stringify(modelId.slice(0, 100))}, but must be ${model.id}`;
  throw new InvalidStoredSettingError("price", document.key, [{ field: "modelId", message }]);
}

/** Stores the owner's price, once it has passed every check. See `Settings.setPrice`. */
export async function setPrice(
  { store }: SettingsSource,
  model: AnyModel,
  asked: Price,
  write: SettingWriteOptions,
): Promise<PriceInForce> {
  const key = priceKey(model, write?.projectId);
  const price = parseWith(priceSchema(), asked, (problems) => new InvalidSettingError(key, problems));
  const { version } = await store.put(key, { modelId: model.id, price: { ...price } }, write);
  return { price, origin: "global", version };
}
