import type { Mark } from "../runs/run.ts";
import { sha256 } from "./sha256.ts";

/**
 * What a prediction is recognised by in a listing: every scalar or https value of its input. The prompt stands as its SHA-256, and
 * values that Replicate may rewrite (data URLs, arrays) are left out.
 */
export async function toMark(input: Readonly<Record<string, unknown>>, promptKey: string): Promise<Mark> {
  const mark: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(input)) {
    if (key === promptKey) mark[key] = `sha256:${await sha256(String(value))}`;
    else if (typeof value === "number" || typeof value === "boolean") mark[key] = value;
    else if (typeof value === "string" && !value.startsWith("data:")) mark[key] = value;
  }
  return mark;
}
