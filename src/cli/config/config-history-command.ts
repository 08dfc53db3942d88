import { registry } from "../../models/registry.ts";
import type { SettingVersion } from "../../settings/read-history.ts";
import { toSettingKey } from "../../settings/setting-keys.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";
import { toWhen } from "../to-when.ts";
import { toChangeRows } from "./change-rows.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { projectOption, readVersion } from "./setting-options.ts";
import { settingArgument, toTarget } from "./setting-target.ts";

/** `restage config history`: the versions of a setting. */
export const configHistoryCommand = defineSettingsCommand({
  name: "config history",
  summary: "Show who changed a setting, when, why and how",
  args: [settingArgument],
  options: {
    ...projectOption,
    limit: { type: "string", placeholder: "N", description: "At most so many versions; default 20" },
    before: { type: "string", placeholder: "VERSION", description: "Only versions older than this one" },
  },
  examples: [
    ["restage config history qwen-image-edit", "The newest versions of a config"],
    ["restage config history active_model --project villa-12", "Which models a project had"],
  ],
  isWriting: false,
  plan({ args: [word = ""], options }) {
    const { project: projectId, before } = options;
    const target = toTarget(word, projectId);
    const cursor = before === undefined ? undefined : readVersion("--before", before);
    const limit = readVersion("--limit", options.limit ?? "20");
    return async ({ settings, place }) => {
      const history = await settings.history(target, { cursor, limit });
      const key = toSettingKey(registry, target);
      return {
        json: { key, place, ...history },
        text: (style) =>
          [
            `${style.bold(key)} ${style.dim(`· ${place}`)}`,
            history.versions.length === 0 ? "No version is stored." : toVersionTable(history.versions, style),
            ...(history.cursor === undefined ? [] : [style.dim(`There are older ones: --before ${history.cursor}`)]),
          ].join("\n\n"),
      };
    };
  },
});

function toVersionTable(versions: readonly SettingVersion[], style: Style): string {
  const { bold, dim } = style;
  const rows = versions.flatMap(({ version, updatedAt, author, note, deleted, changes }) => {
    const what = deleted ? [["", "deleted"]] : changes.length === 0 ? [["", dim("unchanged")]] : toChangeRows(changes, style);
    return what.map(([field = "", before = "", arrow = "", after = ""], index) => {
      const cells = [bold(String(version)), toWhen(updatedAt), author?.name ?? dim("unknown")];
      return [...(index === 0 ? cells : ["", "", ""]), field, before, arrow, after, index === 0 ? (note ?? "") : ""];
    });
  });
  return toTable([["VERSION", "WHEN (UTC)", "WHO", "FIELD", "BEFORE", "", "AFTER", "NOTE"].map(dim), ...rows], [0]);
}
