import { InvalidConfigError } from "../errors/invalid-config-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { InvalidStoredSettingError } from "../errors/invalid-stored-setting-error.ts";
import { ModelUnavailableError } from "../errors/model-unavailable-error.ts";
import type { AnyModel } from "../model/model.ts";
import { checkModel } from "./check-model.ts";
import { resolveConfigOf } from "./resolve-settings.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";

/**
 * Lets a model pass that can stage photos with the config that is set for it. `key` is the stored setting that chose it, if one did.
 * @throws {ModelUnavailableError} when it takes no photo, is retired, or its config is invalid or one that the model refuses.
 */
export function checkStageable(snapshot: SettingsSnapshot, model: AnyModel, key: string | null, wayOut: string): void {
  checkModel(model, key, wayOut);
  try {
    resolveConfigOf(snapshot, model);
  } catch (cause) {
    if (!InvalidStoredSettingError.is(cause) && !InvalidConfigError.is(cause) && !InvalidInputError.is(cause)) throw cause;
    const repair = InvalidStoredSettingError.is(cause) ? `Its config ${JSON.stringify(cause.key)}: ${cause.wayOut} ` : "";
    throw new ModelUnavailableError({
      modelId: model.id,
      reason: "invalid_config",
      problems: cause.problems.map(({ field, message }) => ({ field: `config.${field}`, message })),
      key,
      wayOut: `${repair}${wayOut}`,
      cause,
    });
  }
}
