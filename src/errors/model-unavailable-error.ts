import type { Problem } from "./problem.ts";
import { ProblemsError } from "./problems-error.ts";
import { show } from "./show.ts";

/** Why a model cannot stage a photo. */
export type ModelUnavailableReason = "unknown" | "takes_no_photo" | "retired" | "invalid_config";

/** What a `ModelUnavailableError` tells. */
export interface ModelUnavailableDetails {
  readonly modelId: string;
  /** The first reason, where there are several. */
  readonly reason: ModelUnavailableReason;
  readonly problems: readonly Problem[];
  /** The stored setting that chose the model; absent where the caller named it or nobody chose. */
  readonly key?: string | null | undefined;
  readonly cause?: unknown;
}

/** A model cannot stage photos: refused when it is chosen, and when it is met as a stored choice. Lists every problem at once. */
export class ModelUnavailableError extends ProblemsError {
  static override readonly code = "model_unavailable";
  declare readonly modelId: string;
  declare readonly reason: ModelUnavailableReason;
  /** The stored setting that chose the model; `null` where the caller named it or nobody chose. */
  declare readonly key: string | null;

  constructor({ modelId, reason, problems, key = null, cause }: ModelUnavailableDetails) {
    const shown = show(modelId);
    const chosen = key === null ? "" : `, chosen by the setting ${JSON.stringify(key)},`;
    const repair = reason === "invalid_config" ? "settings.saveConfig(…), settings.resetConfig(…), or " : "";
    const choose = key === null ? "another model" : "settings.setActive(…), settings.resetActive(…)";
    const heading = `The model ${JSON.stringify(shown)}${chosen} cannot stage photos`;
    super(heading, problems, { modelId: shown, reason, key, cause }, `\nWay out: ${repair}${choose}`);
  }
}
