import type { RunPatch } from "./run-store.ts";

const fixedFields = ["id", "version", "createdAt", "updatedAt", "idempotencyKey", "fingerprint", "leaseExpiresAt"];

/** What a patch may change: a caller without types, or with a whole record at hand, may pass more than that. */
export function toChanges(patch: RunPatch): RunPatch {
  return Object.fromEntries(Object.entries(patch).filter(([name, value]) => value !== undefined && !fixedFields.includes(name)));
}
