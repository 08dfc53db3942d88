import { writeProvenance } from "../images/write-provenance.ts";
import type { RunRecord } from "../runs/run.ts";
import { toStatement } from "./to-disclosure.ts";

/** A staged image that says what it is, as XMP; the same bytes for the same run. See `writeProvenance` for those that stay as they are. */
export function labelImage(bytes: Uint8Array<ArrayBuffer>, run: RunRecord, statement?: string): Uint8Array<ArrayBuffer> {
  return writeProvenance(bytes, {
    digitalSourceType: run.photo ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia",
    description: toStatement(run, statement),
    creatorTool: "restage",
    modelId: run.modelId,
    runId: run.id,
    // Not when the prediction ended: images may be there before that is known, and come home in two processes at once.
    at: run.createdAt,
  }) as Uint8Array<ArrayBuffer>;
}
