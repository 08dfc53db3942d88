import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { parseWith } from "../errors/parse-with.ts";
import { isoTime } from "./iso-time.ts";
import type { ClaimOptions, Lease, PurgeOptions, RunFilter } from "./run-store.ts";

const yearMs = 365 * 86_400_000;

const schemas = once(() => {
  const count = z.int().min(1);
  const leaseMs = z.number().positive().max(yearMs);
  const limit = count.max(1_000);
  const hex = (digits: number) =>
    z
      .string()
      .regex(new RegExp(`^[0-9a-f]{${digits}}$`, "i"), `must be ${digits} hex digits`)
      .toLowerCase();
  return {
    lease: z.object({ leaseMs: leaseMs.nullish() }),
    claim: z.object({ id: z.string().optional(), limit: count, leaseMs }),
    list: z.object({
      limit: limit.default(100),
      cursor: z.literal(true, "must be the cursor of the page before"),
      imageSha256: hex(64).optional(),
      perceptualHash: z.object({ hash: hex(16), maximumDistance: z.int().min(0).max(64) }).optional(),
      finishedBefore: isoTime().optional(),
    }),
    purge: z.object({ olderThan: isoTime(), projectId: z.string().optional(), limit: limit.default(1_000) }),
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

/** What `RunStore.list` is asked beside texts, checked. */
export interface ParsedList {
  readonly limit: number;
  /** In lower case, as `hash`. */
  readonly imageSha256?: string | undefined;
  readonly perceptualHash?: { readonly hash: string; readonly maximumDistance: number } | undefined;
  /** Milliseconds since 1970. */
  readonly finishedBeforeMs?: number | undefined;
}

/**
 * Checks what `RunStore.list` is asked. `isCursor` knows the cursors of the store.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function parseList({ cursor, ...filter }: RunFilter, isCursor: (cursor: string) => boolean): ParsedList {
  const asked = { ...filter, cursor: cursor === undefined || isCursor(cursor) };
  const { limit, imageSha256, perceptualHash, finishedBefore: finishedBeforeMs } = parseWith(schemas().list, asked);
  return { limit, imageSha256, perceptualHash, finishedBeforeMs };
}

/** What `RunStore.purge` is asked, checked. */
export interface ParsedPurge {
  /** Milliseconds since 1970. */
  readonly olderThanMs: number;
  readonly projectId?: string | undefined;
  readonly limit: number;
}

/**
 * Checks what `RunStore.purge` is asked.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function parsePurge(options: PurgeOptions): ParsedPurge {
  const { olderThan, ...checked } = parseWith(schemas().purge, options);
  return { ...checked, olderThanMs: olderThan };
}
