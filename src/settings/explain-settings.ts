import type { AnyModel } from "../model/model.ts";
import type { Origin, Warning } from "../model/warning.ts";
import { findPause, type Pause } from "./check-paused.ts";
import type { ResolvedField } from "./resolve-config.ts";
import { resolveSettings, type SettingsRequest } from "./resolve-settings.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";

/** Why one field has its value. */
export interface FieldExplanation extends ResolvedField {
  /** What one should know of it: no effect, past a documented limit, a default. `null` where there is nothing to say. */
  readonly note: string | null;
}

/** Why a staging would run this model with these values. Plain JSON. */
export interface Explanation {
  readonly projectId: string | null;
  readonly modelId: string;
  readonly modelOrigin: Origin;
  /** The version of the stored choice; `null` where none was stored. */
  readonly modelVersion: number | null;
  /** The pause in force; `null` where there is none. */
  readonly pause: Pause | null;
  readonly fields: readonly FieldExplanation[];
  readonly warnings: readonly Warning[];
}

/**
 * Tells why a staging would run which model with which values. Pure.
 * @throws what `resolveSettings` throws.
 */
export function explainSettings<Known extends AnyModel>(
  snapshot: SettingsSnapshot<Known>,
  request: SettingsRequest<Known> = {},
): Explanation {
  const { model, modelOrigin, modelVersion, fields, warnings } = resolveSettings(snapshot, request);
  return {
    projectId: snapshot.projectId ?? null,
    modelId: model.id,
    modelOrigin,
    modelVersion,
    pause: findPause(snapshot),
    fields: fields.map((field) => ({ ...field, note: findNote(field, model, warnings) })),
    warnings,
  };
}

function findNote({ field, value, origin }: ResolvedField, { published }: AnyModel, warnings: readonly Warning[]): string | null {
  const warning = warnings.find((candidate) => candidate.field === field);
  if (warning !== undefined) return `${warning.reason}. ${warning.wayOut}.`;
  if (!Object.hasOwn(published.inputs, field)) return "The model publishes no such input: not sent, no effect.";
  if (value === null) return "Unset: the model decides.";
  return origin === "default" ? "The model's default." : null;
}
