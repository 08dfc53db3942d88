import type { Mark } from "../runs/run.ts";

/**
 * How sure it is that a listed input is the one that was sent: `ours`; `unclear` where it tells too little, or another address, which
 * Replicate may have rewritten, or our seed beside another value; `other` where a value differs.
 */
export type Likeness = "ours" | "unclear" | "other";

/** Compares what was sent with what is listed, field by field. `hasDrawnSeed`: the seed sent was drawn, so that no other input has it. */
export function compareMarks(sent: Mark, listed: Mark, hasDrawnSeed: boolean): Likeness {
  const isAddress = (key: string) => String(sent[key]).startsWith("address:");
  const keys = Object.keys(sent);
  const told = keys.filter((key) => Object.hasOwn(listed, key));
  const equal = told.filter((key) => sent[key] === listed[key]);
  const hasOurSeed = hasDrawnSeed && equal.includes("seed");
  if (told.some((key) => !equal.includes(key) && !isAddress(key))) return hasOurSeed ? "unclear" : "other";
  return equal.length === keys.length || hasOurSeed ? "ours" : "unclear";
}
