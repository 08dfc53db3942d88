import type { StagedRun } from "../client/staged-run.ts";
import { formatUsd } from "../model/price.ts";
import { registry } from "../models/registry.ts";
import { formatBytes, formatDuration } from "./format.ts";
import { toTable } from "./table.ts";
import type { Style } from "./terminal.ts";

/** A finished staging as the command line tells of it. */
export interface StageResult {
  readonly simulated: boolean;
  /** How long the model computed; `null` where Replicate did not say. */
  readonly modelDurationMs: number | null;
  readonly files: readonly string[];
  /** Where the run is kept; `null` where it ends with the command. */
  readonly keptIn: string | null;
  readonly run: StagedRun;
}

/** A finished staging for people. */
export function toRunText({ simulated, modelDurationMs, files, keptIn, run }: StageResult, { bold, dim, green }: Style): string {
  const what = [run.mode, run.room, run.style].filter(Boolean).join(", ");
  const cost = formatUsd(run.cost?.microUsd ?? null);
  const images = files.map((file, index) => {
    const image = run.images[index];
    return ["  file", `${bold(file)}${image === undefined ? "" : dim(` (${image.contentType}, ${formatBytes(image.byteLength)})`)}`];
  });
  const time = modelDurationMs === null ? "unknown" : formatDuration(modelDurationMs);
  const rows = simulated
    ? [
        ["  time", `${time} ${dim("(simulated)")}`],
        ["  cost", `nothing ${dim(`(about ${cost} on Replicate)`)}`],
      ]
    : [
        ["  time", time],
        ["  cost", `${cost} ${dim(`(by the price table of ${run.cost?.priceVersion ?? "no date"})`)}`],
      ];
  const kept = keptIn === null ? [] : [["  run", `${run.id} ${dim(`(kept in ${keptIn})`)}`]];
  const note = simulated ? ["  Simulated: drawn by this program, not by a model."] : [];
  return [
    `${green("✓")} ${bold(registry.lookup(run.modelId).name)} ${dim(`· ${what}`)}`,
    toTable([...images, ...rows, ...kept]),
    ...note,
  ].join("\n");
}
