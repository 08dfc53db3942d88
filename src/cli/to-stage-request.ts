import type { ImageSource } from "../client/read-photo.ts";
import type { StageRequest } from "../client/stage-request.ts";
import type { BuiltInModel } from "../models/registry.ts";
import { defaultModelId } from "../models/registry.ts";
import type { OptionValues } from "./command.ts";
import { toConfigValues } from "./config-values.ts";
import { findModel } from "./find-model.ts";
import type { stageOptions } from "./stage-options.ts";

/**
 * The request that the options of `restage stage` make. Rooms, styles and modes are passed on as they were typed: the prompt refuses
 * what it does not know, and lists what it does.
 * @throws {UnknownModelError} {UsageError}
 */
export function toStageRequest(options: OptionValues<typeof stageOptions>, image: ImageSource): StageRequest<BuiltInModel> {
  const { room, style, mode, prompt, notes, keep, add, avoid, set = [] } = options;
  const model = findModel(options.model ?? defaultModelId);
  const config = toConfigValues(set, model);
  const given = {
    image,
    room,
    style,
    mode,
    prompt,
    notes,
    keep,
    furniture: add === undefined && avoid === undefined ? undefined : { add, avoid },
    modelId: options.model === undefined ? undefined : model.id,
    config: set.length === 0 ? undefined : config,
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as StageRequest<BuiltInModel>;
}
