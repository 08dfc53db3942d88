/** The API token of every simulator here. */
export const canaryToken = "r8_CanaryCanaryCanaryCanaryCanaryCanary1";

/** Words that stand in every prompt here, and in nothing else. */
export const canaryWords = "heliotrope quagga ottoman";
