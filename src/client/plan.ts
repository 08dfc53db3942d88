import type { Cost, Price } from "../model/price.ts";
import type { Origin, Warning } from "../model/warning.ts";
import type { StagingPrompt } from "../prompt/staging-prompt.ts";
import type { PhotoRecord, RunRecord } from "../runs/run.ts";

/** What a staging would send, why, and what it would cost. Plain JSON; nothing was sent. */
export interface Plan {
  readonly modelId: string;
  /** Who chose the model. */
  readonly modelOrigin: RunRecord["modelOrigin"];
  readonly photo: PhotoRecord | null;
  readonly prompt: StagingPrompt;
  /** The config that would run, by Replicate's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where each value of the config comes from. */
  readonly origins: Readonly<Record<string, Origin>>;
  readonly configVersions: RunRecord["configVersions"];
  /** The input as it would be sent; a photo given as bytes stands as the address that `standInUrl` names. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Warning[];
  /** The price in force: the owner's, else the model's own; `null` where nobody knows. */
  readonly price: Price | null;
  /** The most that one attempt can cost by this price; by the second, what it usually costs. */
  readonly estimate: Cost;
}

/** Stands in a plan's input for a photo that is not uploaded yet. */
export const standInUrl = "https://api.replicate.com/v1/files/photo";
