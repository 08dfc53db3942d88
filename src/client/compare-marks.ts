import type { Mark } from "../runs/run.ts";

/**
 * How sure it is that a listed input is the one that was sent: `ours`; `likely`, as far as can be seen, but for addresses, which Replicate
 * may rewrite; `unclear` where it tells too little; `other` where a value differs.
 */
export type Likeness = "ours" | "likely" | "unclear" | "other";

/** Compares what was sent with what is listed, field by field. `hasDrawnSeed`: the seed sent was drawn, so that no other input has it. */
export function compareMarks(sent: Mark, listed: Mark, hasDrawnSeed: boolean): Likeness {
  const isKind = (key: string, kind: string) => String(sent[key]).startsWith(`${kind}:`);
  const keys = Object.keys(sent);
  const told = keys.filter((key) => Object.hasOwn(listed, key));
  const equal = told.filter((key) => sent[key] === listed[key]);
  if (told.some((key) => !equal.includes(key) && !isKind(key, "address"))) return "other";
  if (equal.length === keys.length || (hasDrawnSeed && equal.includes("seed"))) return "ours";
  return equal.some((key) => isKind(key, "text")) ? "likely" : "unclear";
}
