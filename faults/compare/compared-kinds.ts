import type { FaultKind } from "../fault-kind.ts";
import { faultKinds } from "../fault-kinds.ts";
import { listingKinds } from "../kinds/listing-kinds.ts";
import { outcomeKinds } from "./outcome-kinds.ts";

/** Kinds of fault that are told together. */
export interface KindGroup {
  readonly title: string;
  readonly kinds: readonly FaultKind[];
}

// A client without a run store can be struck by what happens between it and Replicate; a pair of stagings is more than one staging.
const comparable = faultKinds.filter(({ needs, isTwin }) => needs === "http" && isTwin !== true);

/** Every kind that can befall any client. */
export const kindGroups: readonly KindGroup[] = [
  { title: "Predictions", kinds: outcomeKinds },
  { title: "Connections and answers", kinds: comparable.filter((kind) => !listingKinds.includes(kind)) },
  { title: "Lost answers, bad listing", kinds: comparable.filter((kind) => listingKinds.includes(kind)) },
];
