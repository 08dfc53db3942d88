import type { Mark } from "../runs/run.ts";
import { sha256 } from "./sha256.ts";

/**
 * What a prediction is recognised by in a listing: every scalar or https value of its input. Free texts and addresses stand as their
 * SHA-256, and values that Replicate may rewrite (data URLs, arrays) are left out.
 */
export async function toMark(input: Readonly<Record<string, unknown>>): Promise<Mark> {
  const entries = Object.entries(input).filter(([, value]) => typeof value !== "object" && !String(value).startsWith("data:"));
  return Object.fromEntries(await Promise.all(entries.map(async ([key, value]) => [key, await hideText(value)])));
}

async function hideText(value: unknown): Promise<unknown> {
  return typeof value === "string" && !/^[\w:.-]{1,32}$/.test(value) ? `sha256:${await sha256(value)}` : value;
}
