/** How long the caller's own strings may be, in characters after white space is normalised, and how many items a list may have. */
export const promptLimits = Object.freeze({ promptLength: 2_000, notesLength: 500, itemLength: 120, items: 30 });
