import type { SettingChange } from "../../settings/read-history.ts";
import type { Style } from "../terminal.ts";
import { formatValue } from "./field-table.ts";

/** What a version changed, as the rows of a table: field, before, arrow, after. */
export function toChangeRows(changes: readonly SettingChange[], { dim, red, green }: Style): readonly (readonly string[])[] {
  const absent = ({ field }: SettingChange) => dim(field === "(value)" ? "none" : "inherited");
  return changes.map((change) => [
    change.field === "(value)" ? "" : change.field,
    "before" in change ? red(formatValue(change.before)) : absent(change),
    "→",
    "after" in change ? green(formatValue(change.after)) : absent(change),
  ]);
}
