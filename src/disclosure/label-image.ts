import type { Provenance } from "../images/provenance.ts";
import { writeProvenance } from "../images/write-provenance.ts";
import type { RunRecord } from "../runs/run.ts";
import { toStatement } from "./to-disclosure.ts";

/** What a staged image of this run says of itself; the same for the same run. */
export function toProvenance(run: RunRecord, statement?: string): Provenance {
  return {
    digitalSourceType: run.photo ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia",
    description: toStatement(run, statement),
    creatorTool: "restage",
    modelId: run.modelId,
    runId: run.id,
    // Not when the prediction ended: images may be there before that is known, and come home in two processes at once.
    at: run.createdAt,
  };
}

/** A staged image that says what it is, as XMP. See `writeProvenance` for those that stay as they are. */
export function labelImage(bytes: Uint8Array<ArrayBuffer>, run: RunRecord, statement?: string): Uint8Array<ArrayBuffer> {
  return writeProvenance(bytes, toProvenance(run, statement)) as Uint8Array<ArrayBuffer>;
}
