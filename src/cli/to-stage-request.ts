import type { ImageSource } from "../client/read-photo.ts";
import type { StageRequest } from "../client/stage-request.ts";
import type { BuiltInModel } from "../models/registry.ts";
import type { Settings } from "../settings/settings.ts";
import type { OptionValues } from "./command.ts";
import { toConfigValues } from "./config-values.ts";
import { findModel } from "./find-model.ts";
import { simulatedGroup } from "./open-session.ts";
import type { stageOptions } from "./stage-options.ts";

/**
 * The request that the options of `restage stage` make. Rooms, styles and modes are passed on as they were typed: the prompt refuses
 * what it does not know, and lists what it does. Without a model, the values are read as the active one has them.
 * @throws {UnknownModelError} {UsageError} {ModelUnavailableError}
 */
export async function toStageRequest(
  options: OptionValues<typeof stageOptions>,
  image: ImageSource,
  settings: Settings,
): Promise<StageRequest<BuiltInModel>> {
  const { room, style, mode, prompt, notes, keep, add, avoid, set = [], project: projectId } = options;
  const model = options.model === undefined ? undefined : findModel(options.model);
  const toValues = async () => toConfigValues(set, model ?? findModel((await settings.active({ projectId })).modelId));
  const given = {
    image,
    room,
    style,
    mode,
    prompt,
    notes,
    keep,
    furniture: add === undefined && avoid === undefined ? undefined : { add, avoid },
    modelId: model?.id,
    config: set.length === 0 ? undefined : await toValues(),
    projectId,
    group: options.simulate ? simulatedGroup : undefined,
  };
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as StageRequest<BuiltInModel>;
}
