import type { ProcessIdentity } from "./process-identity.ts";

/** Who asked for a folder, when and for what. */
export interface LockHolder extends ProcessIdentity {
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly command: string;
}
