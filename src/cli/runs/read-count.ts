import { UsageError } from "../usage-error.ts";

/**
 * A whole number from 1 on.
 * @throws {UsageError}
 */
export function readCount(name: string, text: string, maximum: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= maximum) return Number(text);
  throw new UsageError(`${name} takes a whole number from 1 to ${maximum}; not ${JSON.stringify(text)}`);
}
