import { RestageError } from "./restage-error.ts";

/** A run could cost more than the client allows for one, or nobody knows what it costs. Nothing was sent. */
export class CostCapExceededError extends RestageError {
  static override readonly code = "cost_cap_exceeded";
  declare readonly modelId: string;
  /** What it could cost, in millionths of a US dollar; `null` where that is unknown. */
  declare readonly microUsd: number | null;
  declare readonly maximumRunMicroUsd: number;

  constructor(modelId: string, microUsd: number | null, maximumRunMicroUsd: number) {
    const most = microUsd === null ? "has no known price" : `could cost ${microUsd} micro-dollars`;
    super(
      `A run of ${modelId} ${most}, and one may cost ${maximumRunMicroUsd} at most: choose another model or fewer images, or raise maximumRunMicroUsd`,
      { retryable: false, billed: "no", modelId, microUsd, maximumRunMicroUsd },
    );
  }
}
