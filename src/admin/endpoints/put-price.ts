import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import type { Price } from "../../model/price.ts";
import { changeSetting } from "../change-setting.ts";
import { noteField } from "../note-schema.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";

const body = once(() => z.strictObject({ price: z.custom<Price>((value) => value !== undefined, "is missing"), ...noteField() }));

/** `PUT` the owner's own price of a model. */
export const putPrice = (place: SettingPlace): Route =>
  defineRoute({
    method: "PUT",
    path: place.path,
    permission: "write",
    changes: "setting",
    body,
    answer: (context, call) =>
      changeSetting(context, call, place, (settings, write) => settings.setPrice(call.parts.model ?? "", call.body.price, write)),
  });
