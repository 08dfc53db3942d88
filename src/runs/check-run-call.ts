import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { parseWith } from "../errors/parse-with.ts";
import type { ClaimOptions, Lease, RunFilter } from "./run-store.ts";

const yearMs = 365 * 86_400_000;

const schemas = once(() => {
  const count = z.int().min(1);
  const leaseMs = z.number().positive().max(yearMs);
  return {
    lease: z.object({ leaseMs: leaseMs.nullish() }),
    claim: z.object({ id: z.string().optional(), limit: count, leaseMs }),
    list: z.object({ limit: count.max(1_000).default(100), cursor: z.literal(true, "must be the cursor of the page before") }),
  };
});

/**
 * Checks the lease that `RunStore.create` and `RunStore.update` are asked for.
 * @throws {InvalidRequestError}
 */
export function checkLease({ leaseMs }: Lease): void {
  parseWith(schemas().lease, { leaseMs });
}

/**
 * Checks what `RunStore.claim` is asked.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function checkClaim(options: ClaimOptions): void {
  parseWith(schemas().claim, options);
}

/**
 * Checks what `RunStore.list` is asked, and gives the length of its page. `isCursor` knows the cursors of the store.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function checkList({ limit, cursor }: RunFilter, isCursor: (cursor: string) => boolean): number {
  return parseWith(schemas().list, { limit, cursor: cursor === undefined || isCursor(cursor) }).limit;
}
