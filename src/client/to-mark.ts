import { isObject } from "../basics/is-object.ts";
import { sha256 } from "../basics/sha256.ts";
import type { Mark } from "../runs/run.ts";

/**
 * What a prediction is recognised by in a listing: every value of its input but objects. Short words stand as they are, other texts as
 * `text:` and addresses, which Replicate may rewrite, as `address:`, each with its SHA-256.
 */
export function toMark(input: unknown): Promise<Mark> {
  if (!isObject(input)) return toNewMark({});
  const mark = marks.get(input) ?? toNewMark(input);
  marks.set(input, mark);
  return mark;
}

// One listing is looked through for every run that looks for its prediction.
const marks = new WeakMap<object, Promise<Mark>>();

async function toNewMark(input: object): Promise<Mark> {
  const entries = await Promise.all(Object.entries(input).map(async ([key, value]) => [key, await toMarkValue(value)] as const));
  return Object.fromEntries(entries.filter((entry): entry is [string, Mark[string]] => entry[1] !== undefined));
}

async function toMarkValue(value: unknown): Promise<Mark[string] | undefined> {
  const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string");
  if (texts.length > 0 && texts.every((text) => /^(https?|data):/i.test(text))) return `address:${await sha256(texts.join("\n"))}`;
  if (typeof value === "string") return /^[\w:.-]{1,32}$/.test(value) ? value : `text:${await sha256(value)}`;
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
