import { formatUsd } from "../../model/price.ts";
import type { ImageRecord, RunRecord } from "../../runs/run.ts";
import { formatBytes, formatDuration } from "../format.ts";
import { modelOrigins, originWords, toWarningLine } from "../plan-text.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";
import { toWhen } from "../to-when.ts";
import { toAttemptText, toCostText, toErrorText } from "./to-attempt-text.ts";
import { toNextStep } from "./to-next-step.ts";

type Row = readonly [name: string, value: string | null];

/** All that is known of a run, for people. `nowMs` is what its times are compared with. */
export function toRunDetail(run: RunRecord, place: string, nowMs: number, style: Style): string {
  const { bold, dim } = style;
  const { attempts, images, warnings, disclosure, feedback } = run;
  return [
    `${bold(run.id)}: ${run.state} ${dim(`· ${place}`)}`,
    toSection("Request", toRequestRows(run), style),
    `${bold("Settings")}\n${indent(toSettingText(run, style))}`,
    warnings.length > 0 && `${bold("Warnings")}\n${indent(warnings.map((warning) => toWarningLine(warning, style)).join("\n"))}`,
    attempts.length > 0 && `${bold("Attempts")}\n${indent(attempts.map((attempt) => toAttemptText(attempt, style)).join("\n"))}`,
    images.length > 0 && `${bold("Images")}\n${indent(images.map((image, index) => toImageText(image, index, style)).join("\n"))}`,
    toSection(
      "Cost",
      [
        ["in all", toCostText(run.cost)],
        ["estimate", `${formatUsd(run.estimate.microUsd)} for one attempt at most`],
      ],
      style,
    ),
    disclosure !== null &&
      toSection(
        "Disclosure",
        [
          ["to be said", disclosure.statement],
          ["unaltered photo", disclosure.originalLocation ?? "kept nowhere by this run"],
        ],
        style,
      ),
    feedback !== null &&
      toSection(
        "Feedback",
        [[feedback.accepted ? "accepted" : "not accepted", [toWhen(feedback.at), feedback.reason].filter(Boolean).join(": ")]],
        style,
      ),
    run.error !== null && run.error.message !== attempts.at(-1)?.error?.message && `${bold("Error")}\n${indent(toErrorText(run.error))}`,
    `${bold("Next")}\n${indent(toNextStep(run, nowMs))}`,
  ]
    .filter((part) => part !== false)
    .join("\n\n");
}

function toRequestRows(run: RunRecord): readonly Row[] {
  const { photo, createdAt, finishedAt, groupSize } = run;
  const took = finishedAt === null ? "not over" : `over after ${formatDuration(Date.parse(finishedAt) - Date.parse(createdAt))}`;
  return [
    ["made", `${toWhen(createdAt)} (UTC), ${took}`],
    ["what", [run.mode, run.room, run.style].filter(Boolean).join(", ")],
    [
      "photo",
      photo === null
        ? "none"
        : [photo.contentType, photo.byteLength === null ? null : formatBytes(photo.byteLength)].filter(Boolean).join(", ") || "an address",
    ],
    ["  from", photo?.location ?? null],
    ["  sha256", photo?.sha256 ?? null],
    ["prompt", run.prompt ?? `not kept (wording ${run.promptVersion})`],
    ["project", run.projectId],
    ["group", run.group && `${run.group}${groupSize === null ? "" : ` of ${groupSize}`}`],
    ["variant", run.variant],
    ["idempotency key", run.idempotencyKey],
    ["cancel", run.cancelRequested ? "was asked for" : null],
  ];
}

/** Model and values, and who set each. */
function toSettingText({ modelId, modelOrigin, config, extraInput, origins }: RunRecord, { dim }: Style): string {
  const values = Object.entries({ ...config, ...extraInput }).map(([name, value]) => {
    const origin = origins[name];
    return [dim(name), JSON.stringify(value), origin === undefined ? "" : dim(originWords[origin])];
  });
  return toTable([[dim("model"), modelId, dim(modelOrigins[modelOrigin] ?? originWords[modelOrigin])], ...values]);
}

function toImageText(
  { contentType, byteLength, location, sha256, imageDataSha256, perceptualHash }: ImageRecord,
  index: number,
  style: Style,
) {
  const rows: readonly Row[] = [
    ["  where", location ?? "only whoever asked for it has it"],
    ["  sha256", sha256],
    ["  sha256 of its pixels", imageDataSha256],
    ["  perceptual hash", perceptualHash],
  ];
  return `${style.bold(String(index + 1))}  ${contentType}, ${formatBytes(byteLength)}\n${toRows(rows, style)}`;
}

function toSection(heading: string, rows: readonly Row[], style: Style): string {
  return `${style.bold(heading)}\n${indent(toRows(rows, style))}`;
}

/** Rows that say something. */
function toRows(rows: readonly Row[], { dim }: Style): string {
  return toTable(rows.flatMap(([name, value]) => (value ? [[dim(name), value]] : [])));
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
