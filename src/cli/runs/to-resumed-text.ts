import { relative } from "node:path";
import { RestageError } from "../../errors/restage-error.ts";
import { formatUsd } from "../../model/price.ts";
import type { RunRecord } from "../../runs/run.ts";
import { formatBytes, formatCount } from "../format.ts";
import type { Style } from "../terminal.ts";
import { toCommandWording } from "../to-command-wording.ts";
import { toWhen } from "../to-when.ts";
import { keepsInFolder } from "./keeps-in-folder.ts";
import type { TakenUpRun } from "./take-up-runs.ts";
import type { LeftRuns } from "./to-left-runs.ts";
import { toShortId } from "./to-short-id.ts";

/** What came of `restage runs resume`. */
export interface Resumed {
  readonly taken: readonly TakenUpRun[];
  /** Runs of a simulator that is gone. */
  readonly ended: readonly RunRecord[];
  /** What is not over after it. */
  readonly left: LeftRuns;
  readonly place: string;
  readonly isInterrupted: boolean;
}

/** For programs. */
export function toResumedJson({ taken, ended, left, place, isInterrupted }: Resumed): object {
  const toIds = (runs: readonly RunRecord[]) => runs.map(({ id }) => id);
  return {
    place,
    interrupted: isInterrupted,
    runs: taken.map(({ runId, files, run, error }) =>
      run === undefined ? { runId, files, error: toErrorJson(error, isInterrupted) } : { runId, files, run },
    ),
    ended: toIds(ended),
    left: { unknown: toIds(left.unknown), free: toIds(left.free), held: toIds(left.held), heldUntil: left.heldUntil },
  };
}

/** For people. */
export function toResumedText({ taken, ended, left, place, isInterrupted }: Resumed, style: Style): string {
  const { bold, dim, green, red, yellow } = style;
  const lines = taken.map(({ runId, files, run, error }) => {
    if (run === undefined) return `${red("✗")} ${bold(toShortId(runId))} ${toErrorJson(error, isInterrupted).message}`;
    const images = files.map((file, index) => {
      const image = run.images[index];
      return `\n    ${bold(toShownPath(file))}${image === undefined ? "" : dim(` (${image.contentType}, ${formatBytes(image.byteLength)})`)}`;
    });
    const what = [run.modelId.split("/").at(-1), run.mode, run.room, run.style].filter(Boolean).join(", ");
    return `${green("✓")} ${bold(toShortId(runId))} ${what}: ${formatUsd(run.cost?.microUsd ?? null)}${images.join("")}`;
  });
  const notes = [...(ended.length === 0 ? [] : [toEndedText(ended.length)]), ...toLeftLines(left).map(yellow)];
  if (isInterrupted) notes.push("Stopped waiting. What is not over goes on: restage runs resume takes it up again");
  const nothing = lines.length === 0 && notes.length === 0 ? ["Nothing is left to take up."] : [];
  return [
    `${bold("Resumed")} ${dim(`· ${place}`)}`,
    "",
    ...lines,
    ...nothing,
    ...(lines.length > 0 && notes.length > 0 ? [""] : []),
    ...notes,
  ].join("\n");
}

function toEndedText(count: number): string {
  return `${formatCount(count, "run")} of a simulator that is gone: ended, nothing was paid`;
}

function toLeftLines({ unknown, free, held, heldUntil }: LeftRuns): readonly string[] {
  const [first] = unknown;
  const count = (runs: readonly RunRecord[], one: string, many: string) =>
    `${formatCount(runs.length, "run")} ${runs.length === 1 ? one : many}`;
  const from = heldUntil === null ? "" : `, from ${toWhen(heldUntil).slice(11)} (UTC) on`;
  const fate = keepsInFolder()
    ? `${count(held, "was", "were")} being sent when cut: restage runs resume finds out what became of ${held.length === 1 ? "it" : "them"}${from}`
    : `${count(held, "is", "are")} with another process; if that was cut, restage runs resume takes up what it had${from}`;
  const shown = first !== undefined && unknown.length === 1 ? toShortId(first.id) : "ID";
  return [
    ...(free.length === 0 ? [] : [`${count(free, "is", "are")} not over: restage runs resume takes up what is left`]),
    ...(held.length === 0 ? [] : [fate]),
    ...(first === undefined ? [] : [`${count(unknown, "is", "are")} unknown, for you to conclude: restage runs show ${shown}`]),
  ];
}

function toErrorJson(error: unknown, isInterrupted: boolean): { readonly code: string; readonly message: string } {
  if (RestageError.is(error)) return { ...error.toJSON(), code: error.code, message: toCommandWording(error.message) };
  if (isInterrupted) return { code: "interrupted", message: "was waited for, and goes on" };
  return { code: "bug", message: `failed by a bug in restage, please report it: ${String(error)}` };
}

// A path of this machine as a person would type it; a sink's location as it is.
function toShownPath(location: string): string {
  const path = relative("", location);
  return /^[a-z]+:\/\//i.test(location) || path.startsWith("..") ? location : path;
}
