import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { changeSetting } from "../change-setting.ts";
import { noteField } from "../note-schema.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";

const body = once(() => z.strictObject({ version: z.int().min(1), ...noteField() }));

/** `POST …/rollback`: an earlier version is written again. */
export const rollbackSetting = (place: SettingPlace): Route =>
  defineRoute({
    method: "POST",
    path: `${place.path}/rollback`,
    permission: "write",
    changes: "setting",
    body,
    answer: (context, call) =>
      changeSetting(context, call, place, (settings, write) => settings.rollback(place.toTarget(call.parts), call.body.version, write)),
  });
