import { parseUsd } from "../../books/reconcile/parse-usd.ts";
import { findPriceProblems } from "../../model/find-price-problems.ts";
import type { FormProperty } from "../../model/form-schema.ts";
import { formatUsd, type Price } from "../../model/price.ts";
import type { SettingChange } from "../../settings/read-history.ts";
import type { Values } from "./draft.ts";
import type { Problems } from "./find-problems.ts";

/** A field of a price, as people fill it in. */
export type PriceField = "amount" | "per" | "failed" | "asOf" | "source";

/** All of them, as a form shows them. */
export const priceProperties: Readonly<Record<PriceField, FormProperty>> = {
  amount: { type: "string", title: "US dollars" },
  per: {
    type: "string",
    title: "For each",
    oneOf: [
      { const: "output_image", title: "Output image" },
      { const: "second", title: "Second of computing" },
      { const: "megapixel", title: "Megapixel of output" },
    ],
  },
  failed: {
    type: "string",
    title: "A failed prediction",
    oneOf: [
      { const: "", title: "Not known" },
      { const: "free", title: "Costs nothing" },
      { const: "charged", title: "Is charged" },
    ],
  },
  asOf: { type: "string", title: "As of" },
  source: { type: "string", title: "Source" },
};

/** A price as the fields have it. */
export function toPriceFields({ microUsd, per, failed, asOf, source }: Price): Readonly<Record<PriceField, string>> {
  return { amount: formatUsd(microUsd).slice(1), per, failed: failed ?? "", asOf, source };
}

/** What the fields say, as it is sent; of an amount that is none `NaN`, which no check lets pass. */
export function toPrice({ amount, per, failed, asOf, source }: Values): Price {
  const microUsd = parseDollars(String(amount ?? "")) ?? Number.NaN;
  return { per, microUsd, asOf: String(asOf ?? "").trim(), source: String(source ?? "").trim(), ...(failed ? { failed } : {}) } as Price;
}

/**
 * Dollars as people type them, in micro-dollars: `0.04`, `$.04`, `0,04`. Worked out from the digits, not by floating point. `undefined` where it
 * is none, is finer than a micro-dollar, or could be either of two: is `1,000` a thousand?
 */
export function parseDollars(text: string): number | undefined {
  const digits = text
    .trim()
    .replace(/^(?:USD|US\$|\$)\s*|\s*(?:USD|\$)$/gi, "")
    .replace(/^(\d*),(\d+)$/, (all, whole: string, part: string) => (part.length === 3 && Number(whole) > 0 ? all : `${whole}.${part}`));
  return parseUsd(digits.replace(/^\.(?=\d)/, "0.").replace(/\.$/, ""));
}

const advice: Readonly<Record<string, string>> = {
  microUsd: "Enter dollars with at most six decimals, such as 0.025. At most 1000.",
  asOf: "Enter a date such as 2026-11-20, or a month such as 2026-11.",
  source: "Say where this price stands, in up to 500 characters.",
};

/** What is wrong with the fields, by the rules that prices are checked with everywhere. */
export function findPriceFieldProblems(values: Values): Problems {
  const found = findPriceProblems(toPrice(values));
  return Object.fromEntries(found.map(({ field, message }) => [toPriceField(field), [advice[field] ?? message]]));
}

/** The field of what the server finds wrong, such as `price.microUsd`. */
export function toPriceField(place: string): string {
  const name = place.split(".").at(-1) ?? place;
  return name === "microUsd" ? "amount" : name;
}

/** What a version changed of a price, field by field. A side that was no price is left as it is. */
export function toPriceChanges(change: SettingChange): readonly SettingChange[] {
  const { before, after } = { before: readFields(change.before), after: readFields(change.after) };
  if (before === null || after === null) return [change];
  return Object.keys(priceProperties)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      field,
      ...(before[field] !== undefined && { before: before[field] }),
      ...(after[field] !== undefined && { after: after[field] }),
    }));
}

/** The fields of a stored value; none where nothing is stored, `null` where it is no price. */
function readFields(stored: unknown): Readonly<Record<string, string>> | null {
  if (stored === undefined) return {};
  const { price } = (stored ?? {}) as { readonly price?: unknown };
  return findPriceProblems(price).length === 0 ? toPriceFields(price as Price) : null;
}
