import type { Capabilities, Lifecycle } from "../../model/model.ts";
import type { Cost, Price } from "../../model/price.ts";
import type { Origin, Warning } from "../../model/warning.ts";
import type { Issue } from "./api-error.ts";
import type { Values } from "./draft.ts";

/** A row of `models`. */
export interface ModelRow {
  readonly modelId: string;
  readonly displayName: string;
  readonly description: string;
  readonly capabilities: Capabilities;
  readonly price: Price | null;
  readonly lifecycle: Lifecycle;
  readonly isActive: boolean;
  readonly canBeActive: boolean;
  readonly refusal: string | null;
  readonly configVersion: number | null;
}

/** The answer of `settings/model` and `projects/{id}/model`. */
export interface ActiveModel {
  readonly modelId: string;
  readonly origin: Origin;
  readonly version: number | null;
  /** Why it cannot run; `null` where it can. */
  readonly refusal: string | null;
}

/** The answer of `models`. */
export interface ModelList {
  readonly models: readonly ModelRow[];
  readonly active: ActiveModel;
}

/** The answer of `…/config`. */
export interface StoredConfig {
  readonly modelId: string;
  /** What is stored in this scope. */
  readonly values: Values;
  /** `null` where what is stored cannot be used. */
  readonly inForce: Values | null;
  readonly origins: Readonly<Record<string, Origin>>;
  readonly version: number | null;
  readonly warnings: readonly Warning[];
  /** What a field falls back to. */
  readonly inherited: Values | null;
  readonly estimate: Cost | null;
  /** Stored, and not known to this release. */
  readonly unknownFields: readonly string[];
  readonly issues: readonly Issue[];
}

/** What this handler and this person may do. */
export interface Features {
  readonly canTry: boolean;
  readonly hasBudgets: boolean;
  readonly may: { readonly write: boolean; readonly spend: boolean };
  readonly author: string;
}

/** What a version changed of one field; a side is absent where nothing stood there. */
export interface Change {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A version of a setting. */
export interface Version {
  readonly version: number;
  readonly at: string;
  readonly author: { readonly name: string } | null;
  readonly note: string | null;
  readonly isDeletion: boolean;
  readonly changes: readonly Change[];
}

/** A page of `…/history`. */
export interface History {
  readonly versions: readonly Version[];
  readonly cursor?: number;
}

/** A pause, and who made it. */
export interface Pause {
  readonly reason: string;
  readonly since: string;
  readonly author: { readonly name: string } | null;
}

/** The answer of `pause`. */
export interface PauseState {
  readonly pause: Pause | null;
  readonly version: number | null;
}
