import type { FaultKind } from "./fault-kind.ts";
import { answerKinds } from "./kinds/answer-kinds.ts";
import { connectionKinds } from "./kinds/connection-kinds.ts";
import { listingKinds } from "./kinds/listing-kinds.ts";
import { namedRisk, processKinds } from "./kinds/process-kinds.ts";
import { storeKinds } from "./kinds/store-kinds.ts";
import { throttleKinds } from "./kinds/throttle-kinds.ts";

/** Every way in which things go wrong here. Those that need no more than HTTP can befall any client. */
export const faultKinds: readonly FaultKind[] = [
  ...connectionKinds,
  ...answerKinds,
  ...throttleKinds,
  ...listingKinds,
  ...storeKinds,
  ...processKinds,
  namedRisk,
];
