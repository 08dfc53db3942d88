import type { AnyModel } from "../../model/model.ts";
import type { SettingTarget } from "../../settings/setting-keys.ts";
import type { Settings } from "../../settings/settings.ts";
import type { SettingWriteOptions } from "../../settings/settings-types.ts";
import { changeSetting } from "../change-setting.ts";
import { noteSchema } from "../note-schema.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";

/** Takes a setting away, by `POST …/reset` or `DELETE`: what is weaker holds again. */
export const resetSetting = (place: SettingPlace, method: "POST" | "DELETE"): Route =>
  defineRoute({
    method,
    path: method === "POST" ? `${place.path}/reset` : place.path,
    permission: "write",
    changes: "setting",
    body: noteSchema,
    isBodyOptional: method === "DELETE",
    answer: (context, call) => changeSetting(context, call, place, (settings, write) => reset(settings, place.toTarget(call.parts), write)),
  });

function reset(settings: Settings<AnyModel>, target: SettingTarget, write: SettingWriteOptions): Promise<number | null> {
  if (target.setting === "config") return settings.resetConfig(target.modelId, write);
  if (target.setting === "price") return settings.resetPrice(target.modelId, write);
  return target.setting === "pause" ? settings.unpause(write) : settings.resetActive(write);
}
