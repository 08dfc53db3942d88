import { listProblems, type Problem } from "./problem.ts";
import { RestageError } from "./restage-error.ts";

/** Why a model cannot stage a photo. */
export type ModelUnavailableReason = "unknown" | "takes_no_photo" | "retired" | "invalid_config";

/** What a `ModelUnavailableError` tells. */
export interface ModelUnavailableDetails {
  readonly modelId: string;
  /** The first reason, where there are several. */
  readonly reason: ModelUnavailableReason;
  readonly problems: readonly Problem[];
  /** The stored setting that chose the model; absent where the caller named it or nobody chose. */
  readonly key: string | undefined;
  readonly cause?: unknown;
}

/** A model cannot stage photos: refused when it is chosen, and when it is met as a stored choice. Lists every problem at once. */
export class ModelUnavailableError extends RestageError {
  static override readonly code = "model_unavailable";
  declare readonly modelId: string;
  declare readonly reason: ModelUnavailableReason;
  declare readonly problems: readonly Problem[];
  /** The stored setting that chose the model; `null` where the caller named it or nobody chose. */
  declare readonly key: string | null;

  constructor({ modelId, reason, problems, key, cause }: ModelUnavailableDetails) {
    const shown = modelId.slice(0, 100);
    const chosen = key === undefined ? "" : `, chosen by the stored setting ${JSON.stringify(key)},`;
    const repair = reason === "invalid_config" ? "repair its config with settings.saveConfig(…) or settings.resetConfig(…), or " : "";
    const choose =
      key === undefined ? "choose another model" : "choose with settings.setActive(…) or take the choice away with settings.resetActive(…)";
    const list = listProblems(`The model ${JSON.stringify(shown)}${chosen} cannot stage photos`, problems);
    super({ message: `${list}\nWay out: ${repair}${choose}.`, cause }, { modelId: shown, reason, problems, key: key ?? null });
  }
}
