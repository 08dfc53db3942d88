import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";
import { readStored } from "../views/read-stored.ts";

/** `GET` a setting: what is stored, also where it cannot be used, and what is in force. */
export const getSetting = ({ path, toView }: SettingPlace): Route =>
  defineRoute({
    method: "GET",
    path,
    permission: "read",
    async answer({ settings }, { parts }) {
      const view = toView(await readStored(settings, parts.project), parts);
      return { body: view, version: view.version };
    },
  });
