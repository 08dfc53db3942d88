import type { RunRecord } from "../runs/run.ts";
import type { StagedImage } from "./staged-image.ts";

/** A finished run: its record as plain JSON, and its images in memory. */
export interface StagedRun extends Omit<RunRecord, "images"> {
  readonly images: readonly StagedImage[];
}
