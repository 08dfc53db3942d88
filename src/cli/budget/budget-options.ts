import { parseUsd } from "../../books/reconcile/parse-usd.ts";
import type { ArgumentDefinition } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** Which budget. */
export const budgetArgument: ArgumentDefinition = {
  name: "ID",
  isRequired: true,
  description: "The name of the budget, of letters, digits, - and _",
};

/**
 * An amount in US dollars, in micro-dollars.
 * @throws {UsageError}
 */
export function readAmount(name: string, text: string): number {
  const microUsd = parseUsd(text);
  if (microUsd !== undefined && microUsd > 0) return microUsd;
  throw new UsageError(
    `${name} takes US dollars such as 25 or 0.5: above 0, below a billion, with at most six decimals; not ${JSON.stringify(text)}`,
  );
}

/**
 * A whole percentage.
 * @throws {UsageError}
 */
export function readPercent(name: string, text: string): number {
  if (/^\s*\d{1,3}\s*$/.test(text) && Number(text) >= 1 && Number(text) <= 100) return Number(text);
  throw new UsageError(`${name} takes whole percents from 1 to 100; not ${JSON.stringify(text)}`);
}
