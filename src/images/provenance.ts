/**
 * Where a picture comes from, in the words of IPTC's NewsCodes "Digital Source Type" (cv.iptc.org/newscodes/digitalsourcetype, release
 * of 2024-10-23, where both are in force): `compositeWithTrainedAlgorithmicMedia` for a real photo that a generative model changed, such
 * as a virtually staged room; `trainedAlgorithmicMedia` for a picture that a model made of a text alone.
 */
export type DigitalSourceType = "compositeWithTrainedAlgorithmicMedia" | "trainedAlgorithmicMedia";

/** What a staged image says of itself. There is no field for the prompt, which may hold what a customer wrote. */
export interface Provenance {
  readonly digitalSourceType: DigitalSourceType;
  /** What people are told, in a sentence or two. */
  readonly description?: string;
  /** The program that made it. */
  readonly creatorTool?: string;
  readonly modelId?: string;
  readonly runId?: string;
  /** When it was made, as an ISO string. */
  readonly at?: string;
}
