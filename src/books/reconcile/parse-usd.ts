import type { MicroUsd } from "../../model/price.ts";

/**
 * A text of US dollars such as `0.03`, exactly: by its digits, since a number of floating point would not be. `undefined` where it is none, is
 * negative, or is finer than a micro-dollar.
 */
export function parseUsd(text: string): MicroUsd | undefined {
  const [, dollars, decimals = ""] = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  return dollars === undefined ? undefined : Number(dollars) * 1_000_000 + Number(decimals.padEnd(6, "0"));
}
