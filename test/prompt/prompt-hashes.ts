/**
 * The hash of all texts of each version of the wording. A version that was released keeps its hash for ever:
 * to change the wording, change `promptVersion` and add a line here.
 */
export const promptHashes: Readonly<Record<string, string>> = {
  "2026-11-20.1": "2874ee766db559c080de91aa06ab6975d2539ed828d45fac89cc0fb4623dac8a",
};
