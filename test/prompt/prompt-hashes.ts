/**
 * The hash of all texts of each version of the wording. A version that was released keeps its hash for ever:
 * to change the wording, change `promptVersion` and add a line here.
 */
export const promptHashes: Readonly<Record<string, string>> = {
  "2026-11-20.1": "88555306f3cab9370c0d2102e212a39e0cd93e3ad756db029b2aeb82a3ceb797",
};
