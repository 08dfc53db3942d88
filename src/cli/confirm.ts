import { createInterface } from "node:readline/promises";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Lets a person decide whether to go on; `yes` decides beforehand. `refusal` is told where nobody can be asked.
 * @throws {UsageError} when nobody can be asked.
 */
export async function confirm(yes: boolean, refusal: string, terminal: Terminal): Promise<boolean> {
  if (yes) return true;
  if (!terminal.canAsk) throw new UsageError(refusal);
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-D ends the input and leaves the question open for ever; Ctrl-C rejects it. Both are a no.
  const end = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
  const answer = reader.question("Go on? [y/N] ").catch(() => "");
  const text = await Promise.race([answer, end]);
  reader.close();
  return /^y(es)?$/i.test(text.trim());
}
