import type { ParsedList } from "../../runs/check-run-call.ts";
import type { RunRecord } from "../../runs/run.ts";
import type { RunFilter } from "../../runs/run-store.ts";
import { toHashDistance } from "../../runs/to-hash-distance.ts";

/** The fields of a run that a filter has by the same name. */
export const filterFields = ["projectId", "group", "modelId", "variant"] as const;

/** What a filter says of a run itself. */
export type RunTest = Pick<RunFilter, "states" | (typeof filterFields)[number]> & Omit<ParsedList, "limit">;

/** Whether a run is one of those that are looked for. */
export function matchesRun(run: RunRecord, test: RunTest): boolean {
  return (
    (test.states?.includes(run.state) ?? true) &&
    filterFields.every((field) => (test[field] ?? run[field]) === run[field]) &&
    (test.finishedBeforeMs === undefined || toEndMs(run) < test.finishedBeforeMs) &&
    hasImage(run, test)
  );
}

/** When a run ended, in milliseconds since 1970; `NaN`, which is before nothing, while it goes on. */
export function toEndMs({ finishedAt }: RunRecord): number {
  return Date.parse(finishedAt ?? "");
}

function hasImage({ images }: RunRecord, { imageSha256, perceptualHash }: RunTest): boolean {
  const hasBytes = images.some((image) => image.sha256 === imageSha256 || image.imageDataSha256 === imageSha256);
  const looksAlike = images.some(({ perceptualHash: hash }) => isNear(hash, perceptualHash));
  return (imageSha256 === undefined || hasBytes) && (perceptualHash === undefined || looksAlike);
}

function isNear(hash: string | null, wanted: RunTest["perceptualHash"]): boolean {
  // Of an image that an earlier release wrote, it is absent.
  const isHash = /^[0-9a-f]{16}$/i.test(hash ?? "");
  return isHash && wanted !== undefined && toHashDistance(hash as string, wanted.hash) <= wanted.maximumDistance;
}
