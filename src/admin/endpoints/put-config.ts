import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { fieldsSchema } from "../../settings/stored-values.ts";
import { changeSetting } from "../change-setting.ts";
import { noteField } from "../note-schema.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";

const body = once(() => z.strictObject({ values: fieldsSchema(), ...noteField() }));

/** `PUT` all fields that a model's config is to have in this scope. */
export const putConfig = (place: SettingPlace): Route =>
  defineRoute({
    method: "PUT",
    path: place.path,
    permission: "write",
    changes: "setting",
    body,
    answer: (context, call) =>
      changeSetting(context, call, place, (settings, write) =>
        settings.saveConfig(call.parts.model ?? "", call.body.values as never, write),
      ),
  });
