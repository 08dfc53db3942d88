/**
 * The hash of all texts of each version of the wording. A version that was released keeps its hash for ever:
 * to change the wording, change `promptVersion` and add a line here.
 */
export const promptHashes: Readonly<Record<string, string>> = {
  "2026-11-20.1": "34ce362151c98da8546d01126f0003776115ae9d5303ea8e0658c9d898f4482a",
};
