/** The API token of every simulator here. */
export const canaryToken = "r8_CanaryCanaryCanaryCanaryCanaryCanary1";

/** Words that stand in every prompt here, and in nothing else. */
export const canaryWords = "heliotrope quagga ottoman";

/** What gives a canary away, even where it is cut, quoted or written in another way. */
export const canaryPieces = [
  { of: "the token", pieces: ["CanaryCanary"] },
  { of: "a prompt", pieces: canaryWords.split(" ") },
] as const;
