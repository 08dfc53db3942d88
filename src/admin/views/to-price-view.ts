import type { Problem } from "../../errors/problem.ts";
import type { AnyModel } from "../../model/model.ts";
import type { Cost, Price } from "../../model/price.ts";
import { resolvePrice } from "../../settings/resolve-price.ts";
import { resolveConfigOf } from "../../settings/resolve-settings.ts";
import { priceKey } from "../../settings/setting-keys.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { toEstimate } from "./to-estimate.ts";
import { toIssues } from "./to-issues.ts";

/** What a model costs. */
export interface PriceView {
  readonly modelId: string;
  /** `null` where nobody knows. */
  readonly price: Price | null;
  /** Whether the owner set it, or the model is defined with it. */
  readonly origin: "global" | "default";
  /** The one that the model is defined with, which counts where the owner sets none; `null` where it has none. */
  readonly builtIn: Price | null;
  /** The version of the owner's price; `null` where there is none. */
  readonly version: number | null;
  /** The most that one staging with the global config can cost; `null` where nothing could run. */
  readonly estimate: Cost | null;
  /** Why the stored price cannot be used; none where it can. */
  readonly issues: readonly Problem[];
}

/** The price in force. Pure. */
export function toPriceView(snapshot: SettingsSnapshot, model: AnyModel): PriceView {
  const version = snapshot.documents.get(priceKey(model))?.version ?? null;
  const origin = version === null ? "default" : "global";
  const common = { modelId: model.id, origin, builtIn: model.price ?? null, version } as const;
  try {
    const { price } = resolvePrice(snapshot, model);
    return { ...common, price, estimate: findEstimate(snapshot, model), issues: [] };
  } catch (error) {
    return { ...common, price: null, estimate: null, issues: toIssues(error) };
  }
}

function findEstimate(snapshot: SettingsSnapshot, model: AnyModel): Cost | null {
  try {
    return toEstimate(snapshot, model, resolveConfigOf(snapshot, model));
  } catch (error) {
    toIssues(error);
    return null;
  }
}
