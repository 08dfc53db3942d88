import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { changeSetting } from "../change-setting.ts";
import { noteField } from "../note-schema.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";

const body = once(() => z.strictObject({ reason: z.string(), ...noteField() }));

/** `PUT` a pause: no staging starts until it is taken away. */
export const putPause = (place: SettingPlace): Route =>
  defineRoute({
    method: "PUT",
    path: place.path,
    permission: "write",
    changes: "setting",
    body,
    answer: (context, call) =>
      changeSetting(context, call, place, (settings, write) => settings.pause({ ...write, reason: call.body.reason })),
  });
