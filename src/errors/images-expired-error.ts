import { RestageError } from "./restage-error.ts";

/** The run succeeded and was paid, but Replicate has deleted its images: it keeps them for one hour. */
export class ImagesExpiredError extends RestageError {
  static override readonly code = "images_expired";
  declare readonly runId: string;
  declare readonly predictionId: string | null;

  constructor(runId: string, predictionId: string | null = null) {
    super(`The images of run ${runId} are gone: Replicate keeps them for one hour. Stage the photo again`, {
      billed: "yes",
      runId,
      predictionId,
    });
  }
}
