import { formatUsd } from "../model/price.ts";
import { confirm } from "./confirm.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Tells what something will cost and lets a person decide; `yes` decides beforehand.
 * @throws {UsageError} when nobody can be asked.
 */
export async function confirmSpending(what: string, microUsd: number | null, yes: boolean, terminal: Terminal): Promise<boolean> {
  const cost = microUsd === null ? "an unknown amount" : `about ${formatUsd(microUsd)}`;
  terminal.note(`${what} on Replicate costs ${cost}, by the price table.`);
  return confirm(yes, "Nobody can be asked here whether to spend that: add --yes", terminal);
}
