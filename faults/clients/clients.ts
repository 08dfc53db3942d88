import { aiSdk } from "./ai-sdk.ts";
import { replicate } from "./replicate.ts";
import { replicateStainless } from "./replicate-stainless.ts";
import { restage } from "./restage.ts";

/** The clients of the comparison, in the order of its columns. */
export const comparedClients = [restage, replicate, replicateStainless, aiSdk] as const;
