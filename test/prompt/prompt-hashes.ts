/**
 * The hash of all texts of each version of the wording. A version that was released keeps its hash for ever:
 * to change the wording, change `promptVersion` and add a line here.
 */
export const promptHashes: Readonly<Record<string, string>> = {
  "2026-11-20.1": "c6e5e56d6087ff6f27f65782a940021097fe96daad7b81abefa1db111569285c",
};
