import { MissingTableError } from "../../errors/missing-table-error.ts";
import type { Audit, Verdict } from "../../settings/audit-settings.ts";
import type { Style } from "../terminal.ts";
import { defineSettingsCommand } from "./define-settings-command.ts";
import { toCheckedTable, toCountText } from "./to-checked-table.ts";

/** `restage config audit`: whether what is stored can be used. */
export const configAuditCommand = defineSettingsCommand({
  name: "config audit",
  summary: "Check every stored setting, before a staging does; changes nothing",
  args: [],
  options: {},
  details: () =>
    "Verdicts\n  fine      a staging runs with it\n  warnings  it runs, and not all of it has an effect\n  refused   a staging that uses it fails, before it pays\n  unknown   no model setting of this release, such as budgets; kept",
  examples: [["restage config audit", "Ends with code 1 where a setting would be refused. Works before `restage migrate up`, too"]],
  isWriting: false,
  plan:
    ({ terminal }) =>
    async ({ settings, unmigrated, place }) => {
      const audit = await settings.audit().catch((error) => {
        if (!MissingTableError.is(error)) throw error;
        terminal.note("notice: this database is not migrated: these are the rows of its table settings");
        return unmigrated.audit();
      });
      return {
        json: { place, ...audit },
        text: (style) => toText(audit, place, style),
        exitCode: audit.counts.refused > 0 ? 1 : 0,
      };
    },
});

function toText({ counts, rows }: Audit, place: string, style: Style): string {
  const { bold, dim, red, green, yellow } = style;
  const styles: Readonly<Record<Verdict, (text: string) => string>> = { fine: green, warnings: yellow, refused: red, unknown: dim };
  const table = toCheckedTable(rows, ({ verdict }) => styles[verdict](verdict), style);
  return [...(rows.length === 0 ? [] : [table]), `${bold(toCountText(counts))} ${dim(`· ${place}`)}`].join("\n\n");
}
