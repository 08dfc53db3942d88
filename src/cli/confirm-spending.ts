import { createInterface } from "node:readline/promises";
import { formatUsd } from "../model/price.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Tells what something will cost and lets a person decide; `yes` decides beforehand.
 * @throws {UsageError} when nobody can be asked.
 */
export async function confirmSpending(what: string, microUsd: number | null, yes: boolean, terminal: Terminal): Promise<boolean> {
  const cost = microUsd === null ? "an unknown amount" : `about ${formatUsd(microUsd)}`;
  terminal.note(`${what} on Replicate costs ${cost}, by the price table.`);
  if (yes) return true;
  if (!terminal.canAsk) throw new UsageError("Nobody can be asked here whether to spend that: add --yes");
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-D ends the input and leaves the question open for ever; Ctrl-C rejects it. Both are a no.
  const end = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
  const answer = reader.question("Go on? [y/N] ").catch(() => "");
  const text = await Promise.race([answer, end]);
  reader.close();
  return /^y(es)?$/i.test(text.trim());
}
