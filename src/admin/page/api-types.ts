// What the endpoints answer, by the handler's own types: where a shape changes there, the page does not compile.
import type { ActiveView } from "../views/to-active-view.ts";
import type { ConfigView } from "../views/to-config-view.ts";
import type { toHistoryView, VersionView } from "../views/to-history-view.ts";
import type { ModelView, toModelsView } from "../views/to-models-view.ts";
import type { PauseView } from "../views/to-pause-view.ts";
import type { PriceView } from "../views/to-price-view.ts";

/** A row of `models`. */
export type ModelRow = ModelView;

/** The answer of `models`. */
export type ModelList = ReturnType<typeof toModelsView>;

/** The answer of `settings/model` and `projects/{id}/model`. */
export type ActiveModel = ActiveView;

/** The answer of `…/config`. */
export type StoredConfig = ConfigView;

/** A version of a setting. */
export type Version = VersionView;

/** A page of `…/history`. */
export type History = ReturnType<typeof toHistoryView>;

/** The answer of `…/price`. */
export type StoredPrice = PriceView;

/** The answer of `pause`. */
export type PauseState = PauseView;

/** What this handler and this person may do: the answer of `features`. */
export interface Features {
  readonly canTry: boolean;
  readonly hasBudgets: boolean;
  readonly may: { readonly write: boolean; readonly spend: boolean };
  readonly author: string;
}
