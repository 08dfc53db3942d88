import { once } from "../basics/once.ts";
import { z } from "../basics/z.ts";
import { parseWith } from "../errors/parse-with.ts";
import { isoTime } from "./iso-time.ts";
import { type SummaryKey, type SummaryOptions, summaryKeys } from "./run-summary.ts";

/** What `RunStore.summarise` is asked, checked. */
export interface ParsedSummaryOptions {
  readonly by: readonly SummaryKey[];
  /** Milliseconds since 1970, as `untilMs`. */
  readonly sinceMs: number | undefined;
  readonly untilMs: number | undefined;
  readonly projectId: string | undefined;
  readonly modelId: string | undefined;
  /** The values of the last row of the page before. */
  readonly after: readonly (string | null)[] | undefined;
  readonly limit: number;
}

const toSchema = once(() => {
  const by = z.array(z.enum(summaryKeys)).refine((keys) => new Set(keys).size === keys.length, "must not say anything twice");
  return z
    .object({
      by,
      since: isoTime().optional(),
      until: isoTime().optional(),
      projectId: z.string().optional(),
      modelId: z.string().optional(),
      after: z.array(z.string().nullable()).optional(),
      limit: z.int().min(1).max(1_000).default(100),
      cursor: z.literal(true, "must be the cursor of the page before"),
    })
    .refine(({ since, until }) => since === undefined || until === undefined || since <= until, {
      path: ["until"],
      message: "must not be before `since`",
    });
});

/**
 * Checks what `RunStore.summarise` is asked.
 * @throws {InvalidRequestError} with every problem at once.
 */
export function parseSummaryOptions(options: SummaryOptions): ParsedSummaryOptions {
  const after = options?.cursor === undefined ? undefined : parseCursor(options.cursor, options.by?.length);
  const checked = parseWith(toSchema(), { ...options, after: after ?? undefined, cursor: after !== null });
  const { by, since: sinceMs, until: untilMs, projectId, modelId, limit } = checked;
  return { by, sinceMs, untilMs, projectId, modelId, after: checked.after, limit };
}

/** The cursor of the page after a row with these values. */
export function toSummaryCursor(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/** The values that a cursor stands for; `null` where it is none. */
function parseCursor(cursor: unknown, length: number): readonly (string | null)[] | null {
  try {
    const values: unknown = JSON.parse(cursor as string);
    const isCursor =
      Array.isArray(values) && values.length === length && values.every((value) => value === null || typeof value === "string");
    return isCursor ? values : null;
  } catch {
    return null;
  }
}
