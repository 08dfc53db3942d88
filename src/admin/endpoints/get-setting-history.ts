import { readNumber } from "../read-query.ts";
import { defineRoute, type Route } from "../route.ts";
import type { SettingPlace } from "../setting-place.ts";
import { toHistoryView } from "../views/to-history-view.ts";

/** `GET …/history`: the versions of a setting, newest first. */
export const getSettingHistory = ({ path, toTarget }: SettingPlace): Route =>
  defineRoute({
    method: "GET",
    path: `${path}/history`,
    permission: "read",
    query: ["cursor", "limit"],
    async answer({ settings }, { parts, query }) {
      const page = { cursor: readNumber(query, "cursor"), limit: readNumber(query, "limit") };
      return { body: toHistoryView(await settings.history(toTarget(parts), page)) };
    },
  });
