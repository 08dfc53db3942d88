import type { Disclosure, ImageRecord, RunRecord } from "../runs/run.ts";

/** What staged images say of themselves. */
export interface DisclosureOptions {
  /** What has to be said next to a staged image, at most 1,000 characters. Default: that a model altered, or made, it. */
  readonly statement?: string | undefined;
  /**
   * Whether it is also written into each image, as XMP with IPTC's `DigitalSourceType`, without encoding it anew. Default `true`.
   */
  readonly label?: boolean | undefined;
}

const statements = {
  altered: "This image was altered with an AI model: furniture and decoration were added digitally and are not there.",
  made: "This image was made by an AI model and shows no real room.",
};

/** What has to be said of the images of a run. */
export function toStatement({ photo }: Pick<RunRecord, "photo">, statement?: string): string {
  return statement ?? (photo ? statements.altered : statements.made);
}

/** What a listing has to show with these images. */
export function toDisclosure(run: RunRecord, images: readonly ImageRecord[], at: string, statement?: string): Disclosure {
  return {
    statement: toStatement(run, statement),
    originalLocation: run.photo?.location ?? null,
    originalSha256: run.photo?.sha256 ?? null,
    stagedSha256: images.map(({ sha256 }) => sha256),
    modelId: run.modelId,
    at,
  };
}
