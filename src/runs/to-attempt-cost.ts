import { type Cost, type Price, toCost, type Usage } from "../model/price.ts";
import type { Attempt } from "./run.ts";

/** How a prediction ended, as far as its cost depends on it. */
export interface PredictionEnding {
  /** `failed` too for one that succeeded without an image. */
  readonly status: NonNullable<Attempt["predictionStatus"]>;
  /** Whether it ever ran. */
  readonly hasStarted: boolean;
  /** How many images it gave; `null` where that is not known. */
  readonly outputs: number | null;
  /** Seconds of computing, as Replicate measured them; `null` where it did not tell. */
  readonly seconds: number | null;
}

const nothing: Usage = { outputs: 0, seconds: 0, megapixels: 0 };

/**
 * What an attempt costs by the price of its run, an estimate until it is reconciled. `estimated`: what one prediction may use. An aborted one
 * is free; one canceled while it ran is charged (Replicate, 2026-11), for all images it could have given; a failed one as its price says. A
 * cancel before the start, and a failure of which the price says nothing, are not established: their cost is unknown.
 */
export function toAttemptCost(price: Price | null | undefined, ending: PredictionEnding, estimated: Usage): Cost {
  const { status, hasStarted, outputs, seconds } = ending;
  const charged = { ...estimated, outputs: outputs ?? estimated.outputs, seconds };
  if (status === "aborted") return toCost(price, nothing);
  if (status === "canceled") return hasStarted ? toCost(price, charged) : toCost(null, nothing);
  if (status !== "failed") return toCost(price, charged);
  if (price?.failed === undefined) return toCost(null, nothing);
  return toCost(price, price.failed === "free" ? nothing : charged);
}
