import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { InvalidInvoiceError } from "../../errors/invalid-invoice-error.ts";
import type { Problem } from "../../errors/problem.ts";
import { toProblems } from "../../errors/to-problems.ts";
import type { MicroUsd } from "../../model/price.ts";
import { isPredictionId } from "../../replicate/prediction.ts";
import { isoTime } from "../../runs/iso-time.ts";
import { parseUsd } from "./parse-usd.ts";
import { type CsvRow, readCsv } from "./read-csv.ts";

/** What an invoice says of one prediction. */
export interface InvoiceRow {
  readonly predictionId: string;
  readonly microUsd: MicroUsd;
  /** `null` where the invoice does not tell. */
  readonly modelId: string | null;
  /** An ISO string in UTC; `null` where the invoice does not tell. */
  readonly createdAt: string | null;
}

const required = ["prediction_id", "amount_usd"];

const schema = once(() =>
  z.object({
    prediction_id: z.string().refine(isPredictionId, "must be the id of a prediction"),
    amount_usd: z.string().transform((text, { addIssue }) => {
      const microUsd = parseUsd(text);
      if (microUsd === undefined) addIssue("must be US dollars such as 0.03: not negative, at most six decimals");
      return microUsd ?? z.NEVER;
    }),
    model: z.string().optional(),
    created_at: isoTime().optional(),
  }),
);

/**
 * Reads an invoice from CSV with a header: `prediction_id` and `amount_usd` (`0.03`), and where they are there `model` and `created_at` (an
 * ISO time), in any order. Other columns are left out.
 * @throws {InvalidInvoiceError} naming line and column of everything that is wrong with it: no such columns, cells too many or too few, no id,
 * an amount that is negative or finer than a micro-dollar, a prediction that stands there twice.
 */
export function readInvoice(csv: string): readonly InvoiceRow[] {
  const [header = { line: 1, cells: [] }, ...rows] = readCsv(csv);
  const columns = header.cells.map((cell) => cell.trim().toLowerCase());
  const problems = findHeaderProblems(header, columns);
  if (problems.length > 0) throw new InvalidInvoiceError(problems);

  const firstLines = new Map<string, number>();
  const invoice = rows.flatMap((row): readonly InvoiceRow[] => {
    const add = (column: string, message: string) => problems.push({ field: `line ${row.line}${column && `, ${column}`}`, message });
    if (row.problem !== undefined) add("", row.problem);
    else if (row.cells.length !== columns.length)
      add("", `has ${row.cells.length} cells, but must have ${columns.length}, as the header has`);
    else {
      const given = columns.map((column, index) => [column, row.cells[index]?.trim()] as const);
      const cells = Object.fromEntries(given.filter(([column, cell]) => cell !== "" || required.includes(column)));
      const { data, error } = schema().safeParse(cells);
      for (const { field, message } of error ? toProblems(error.issues) : []) add(field, message);
      const firstLine = data && firstLines.get(data.prediction_id);
      if (firstLine !== undefined) add("prediction_id", `stands already on line ${firstLine}; add the amounts up`);
      else if (data) {
        firstLines.set(data.prediction_id, row.line);
        return [toRow(data)];
      }
    }
    return [];
  });
  if (problems.length > 0) throw new InvalidInvoiceError(problems);
  return invoice;
}

function toRow({ prediction_id, amount_usd, model, created_at }: z.output<ReturnType<typeof schema>>): InvoiceRow {
  return {
    predictionId: prediction_id,
    microUsd: amount_usd,
    modelId: model ?? null,
    createdAt: created_at === undefined ? null : new Date(created_at).toISOString(),
  };
}

function findHeaderProblems({ line, problem }: CsvRow, columns: readonly string[]): Problem[] {
  if (problem !== undefined) return [{ field: `line ${line}`, message: problem }];
  const missing = required.filter((column) => !columns.includes(column));
  const twice = [...required, "model", "created_at"].filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  return [
    ...missing.map((column) => ({
      field: `line ${line}, ${column}`,
      message: "is missing: the first line names the columns, separated by commas",
    })),
    ...twice.map((column) => ({ field: `line ${line}, ${column}`, message: "stands there twice" })),
  ];
}
