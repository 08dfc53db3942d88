import type { Problem } from "../../errors/problem.ts";
import type { Warning } from "../../model/warning.ts";
import { toWarningLine } from "../plan-text.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";

/** A setting that was checked. */
export interface CheckedRow {
  readonly key: string;
  readonly version: number;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/** Settings with their verdicts, and below each what is wrong with it. */
export function toCheckedTable<Row extends CheckedRow>(rows: readonly Row[], toVerdict: (row: Row) => string, style: Style): string {
  const { bold, dim, red } = style;
  const lines = toTable(rows.map((row) => [toVerdict(row), bold(row.key), dim(row.version === 0 ? "" : `version ${row.version}`)])).split(
    "\n",
  );
  return rows
    .flatMap(({ problems, warnings }, index) => [
      lines[index],
      ...problems.map(({ field, message }) => `    ${red(`${field}:`)} ${message}`),
      ...warnings.map((warning) => `    ${toWarningLine(warning, style)}`),
    ])
    .join("\n");
}

/** `5 fine, 1 refused`: the counts that are not 0. */
export function toCountText(counts: Readonly<Record<string, number>>): string {
  const texts = Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : `${count} ${name}`));
  return texts.join(", ") || "nothing is stored";
}
