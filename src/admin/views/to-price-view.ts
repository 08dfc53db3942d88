import type { Problem } from "../../errors/problem.ts";
import type { AnyModel } from "../../model/model.ts";
import type { Price } from "../../model/price.ts";
import { resolvePrice } from "../../settings/resolve-price.ts";
import { priceKey } from "../../settings/setting-keys.ts";
import type { SettingsSnapshot } from "../../settings/settings-snapshot.ts";
import { toIssues } from "./to-issues.ts";

/** What a model costs. */
export interface PriceView {
  readonly modelId: string;
  /** `null` where nobody knows. */
  readonly price: Price | null;
  /** Whether the owner set it, or the model is defined with it. */
  readonly origin: "global" | "default";
  /** The version of the owner's price; `null` where there is none. */
  readonly version: number | null;
  /** Why the stored price cannot be used; none where it can. */
  readonly issues: readonly Problem[];
}

/** The price in force. Pure. */
export function toPriceView(snapshot: SettingsSnapshot, model: AnyModel): PriceView {
  const version = snapshot.documents.get(priceKey(model))?.version ?? null;
  const common = { modelId: model.id, origin: version === null ? "default" : "global", version } as const;
  try {
    return { ...common, price: resolvePrice(snapshot, model).price ?? null, issues: [] };
  } catch (error) {
    return { ...common, price: null, issues: toIssues(error) };
  }
}
