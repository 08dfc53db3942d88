import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { UnknownModelError } from "../../errors/unknown-model-error.ts";
import { AdminRequestError } from "../admin-request-error.ts";
import { changeSetting } from "../change-setting.ts";
import { noteField } from "../note-schema.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";

const body = once(() => z.strictObject({ modelId: z.string().max(200), ...noteField() }));

/** `PUT` the active model, once it can stage photos. */
export const putActiveModel = (place: SettingPlace): Route =>
  defineRoute({
    method: "PUT",
    path: place.path,
    permission: "write",
    changes: "setting",
    body,
    answer(context, call) {
      const { modelId } = call.body;
      const { registry } = context.settings;
      if (!registry.has(modelId)) {
        const known = registry.list().map(({ id }) => id);
        const issues = [{ field: "modelId", message: `is not registered. Known models: ${known.join(", ")}` }];
        throw new AdminRequestError(422, UnknownModelError.code, `The model ${issues[0]?.message}`, { issues });
      }
      return changeSetting(context, call, place, (settings, write) => settings.setActive(modelId, write));
    },
  });
