import type { Mark } from "../runs/run.ts";
import { sha256 } from "./sha256.ts";

/**
 * What a prediction is recognised by in a listing: every scalar or https value of its input. The prompt stands as its SHA-256, and
 * values that Replicate may rewrite (data URLs, arrays) are left out.
 */
export async function toMark(input: Readonly<Record<string, unknown>>, promptKey: string): Promise<Mark> {
  const entries = Object.entries(input).filter(([, value]) => typeof value !== "object" && !String(value).startsWith("data:"));
  const mark = Object.fromEntries(entries) as Mark;
  return { ...mark, [promptKey]: `sha256:${await sha256(String(input[promptKey]))}` };
}
