import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../src/books/reconcile/read-csv.ts";
import { readInvoice } from "../../src/books/reconcile/read-invoice.ts";
import { InvalidInvoiceError } from "../../src/errors/invalid-invoice-error.ts";

const header = "prediction_id,amount_usd";
const row = { modelId: null, createdAt: null };

describe("an invoice is read", () => {
  it.each<[string, string, object[]]>([
    [
      "with two columns",
      `${header}\np1,0.03\np2,0.080000`,
      [
        { predictionId: "p1", microUsd: 30_000 },
        { predictionId: "p2", microUsd: 80_000 },
      ],
    ],
    [
      "with CRLF, a byte order mark and blank lines",
      `\uFEFF"prediction_id","amount_usd"\r\n\r\np1,12\r\n\r\n`,
      [{ predictionId: "p1", microUsd: 12_000_000 }],
    ],
    ["in any order and case, with spaces", " Amount_USD , Prediction_ID \n 0.1 , p1 ", [{ predictionId: "p1", microUsd: 100_000 }]],
    [
      "with all columns, others left out, in quotes",
      `"created_at","prediction_id","note","model","amount_usd"\n"2026-11-03T10:00:00+01:00","p1","two, ""or\nmore""","a/b","0.000001"`,
      [{ predictionId: "p1", microUsd: 1, modelId: "a/b", createdAt: "2026-11-03T09:00:00.000Z" }],
    ],
    ["with optional cells that are empty", `${header},model,created_at\np1,0,,\n`, [{ predictionId: "p1", microUsd: 0 }]],
    ["without rows", `${header}\n`, []],
  ])("%s", (_, csv, rows) => expect(readInvoice(csv)).toEqual(rows.map((each) => ({ ...row, ...each }))));

  it("to the micro-dollar, where floating point would miss it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (microUsd) => {
        const digits = String(microUsd).padStart(7, "0");
        const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
        expect(readInvoice(`${header}\np1,${text}`)[0]?.microUsd).toBe(microUsd);
      }),
    );
  });
});

describe("an invoice is refused", () => {
  it.each<[string, string, string[]]>([
    ["without a header", "", ["line 1, prediction_id", "line 1, amount_usd"]],
    ["with other columns", "id;amount\np1;0.03", ["line 1, prediction_id", "line 1, amount_usd"]],
    ["with a column twice", `${header},amount_usd\np1,1,2`, ["line 1, amount_usd"]],
    ["with a quote left open in its header", `"prediction_id,amount_usd\np1,1`, ["line 1"]],
    ["with a negative amount", `${header}\np1,-0.03`, ["line 2, amount_usd"]],
    ["with seven decimals", `${header}\np1,0.0000001`, ["line 2, amount_usd"]],
    ["with an exponent", `${header}\np1,1e3`, ["line 2, amount_usd"]],
    ["with a comma for a point", `${header}\np1,"0,03"`, ["line 2, amount_usd"]],
    ["with a currency", `${header}\np1,$0.03`, ["line 2, amount_usd"]],
    ["without an amount", `${header}\np1,`, ["line 2, amount_usd"]],
    ["without an id", `${header}\n,0.03`, ["line 2, prediction_id"]],
    ["with an id that is none", `${header}\n../p1,0.03`, ["line 2, prediction_id"]],
    ["with a time that is none", `${header},created_at\np1,0.03,today`, ["line 2, created_at"]],
    ["with cells too few and too many", `${header}\np1\np2,1,2`, ["line 2", "line 3"]],
    ["with a prediction twice", `${header}\np1,1\np2,1\np1,1`, ["line 4, prediction_id"]],
    ["with a quote within a cell", `${header}\np"1,1`, ["line 2"]],
    ["with a quote that is never closed", `${header}\np1,1\np2,"1\np3,1`, ["line 3"]],
    [
      "with problems on several lines, all of them at once",
      `${header},note\nx y,-1,"a\nb"\np2,1,\np3,0.1234567,`,
      ["line 2, prediction_id", "line 2, amount_usd", "line 5, amount_usd"],
    ],
  ])("%s", (_, csv, fields) => {
    let error: unknown;
    try {
      readInvoice(csv);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInvoiceError);
    expect((error as InvalidInvoiceError).problems.map(({ field }) => field)).toEqual(fields);
  });
});

describe("CSV", () => {
  it("gives back what was written, whatever it is", () => {
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const cell = fc.oneof(fc.string(), fc.constantFrom("", ",", '"', "\r\n", "\n", 'a"b', "\uFEFF"));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.constantFrom("\n", "\r\n"), fc.boolean(), (written, end, isEnded) => {
        const csv = written.map((cells) => cells.map(quote).join(",")).join(end) + (isEnded ? end : "");
        const filled = written.filter((cells) => cells.some((text) => text !== ""));
        expect(readCsv(csv).map(({ cells }) => cells)).toEqual(filled);
        expect(readCsv(csv).filter(({ problem }) => problem)).toEqual([]);
      }),
    );
  });

  it("is read to its end, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a", " ") }), (text) => {
        expect(
          readCsv(text)
            .flatMap(({ cells }) => cells)
            .join("").length,
        ).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("may have a cell of millions of characters", () => {
    const long = `${"a".repeat(3_000_000)}${'""'.repeat(500_000)}`;
    expect(readCsv(`x,"${long}"`)[0]?.cells[1]).toHaveLength(3_500_000);
    expect(readCsv(`x,"${long}`)[0]?.problem).toContain("never closed");
  });
});
