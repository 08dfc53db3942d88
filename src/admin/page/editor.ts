import type { Cost } from "../../model/price.ts";
import type { Warning } from "../../model/warning.ts";
import type { ApiError } from "./api-error.ts";
import type { Difference, Values } from "./draft.ts";
import type { Problems } from "./find-problems.ts";

/** A setting that is edited field by field, as its endpoint answers it. */
export interface EditedSetting {
  /** `null` where nothing is stored. */
  readonly version: number | null;
  /** What a staging costs with it. */
  readonly estimate: Cost | null;
  readonly warnings?: readonly Warning[];
}

/** What one kind of setting has of its own. */
export interface EditorRules<Stored> {
  /** Where the API keeps it. */
  readonly path: string;
  /** The fields that are stored, and what counts for those that are not. */
  read(stored: Stored | undefined): { readonly known: Values; readonly inherited: Values };
  /** What the fields start with where nothing is stored. Default: what is inherited. */
  toInitial?(inherited: Values): Values;
  /** Whether it is stored with all of its fields or not at all. */
  readonly isWhole?: boolean;
  /** What is wrong with all values, of which `own` would be stored. */
  check(values: Values, own: Values): Problems;
  toBody(own: Values): object;
  /** The field of what the server finds wrong. */
  toField(place: string): string;
  /** What is said once it was reset. */
  readonly resetText: string;
}

/** The state of editing a setting, and what can be done. */
export interface Editor<Stored extends EditedSetting = EditedSetting> {
  readonly stored: Stored | undefined;
  readonly error: ApiError | undefined;
  /** All fields as they would be. */
  readonly values: Values;
  /** The fields with a value of their own, as they would be stored. */
  readonly own: Values;
  readonly inherited: Values;
  readonly edited: ReadonlySet<string>;
  readonly changeCount: number;
  readonly problems: Problems;
  /** What a save would do to what is stored. */
  readonly differences: readonly Difference[];
  /** What the server says of it. */
  readonly preview: Stored | undefined;
  /** What others saved since the first edit; `null` where nobody did. */
  readonly conflict: readonly Difference[] | null;
  readonly failure: ApiError | undefined;
  readonly isBusy: boolean;
  readonly path: string;
  change(values: Values): void;
  inherit(field: string): void;
  discard(): void;
  /** Puts the edits on the version that is stored now. */
  acceptNewer(): void;
  /** Saves, and says whether it went well. */
  save(note: string): Promise<boolean>;
  reset(note: string): Promise<void>;
  reload(): void;
}
