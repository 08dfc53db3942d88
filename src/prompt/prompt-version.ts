/**
 * The version of the wording, recorded with every prompt, so that results stay comparable: a date and a counter.
 *
 * Any change of what `stagingPrompt` writes must come with a new version; a test holds the texts of each version by their hash.
 */
export const promptVersion = "2026-11-20.1";
