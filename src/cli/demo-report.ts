import { relative } from "node:path";
import { RestageError } from "../errors/restage-error.ts";
import { formatUsd } from "../model/price.ts";
import { type BeforeAfterEntry, beforeAfterPage } from "./before-after-page.ts";
import { type DemoResult, toTitle } from "./demo-job.ts";
import { sumCosts } from "./estimate-cost.ts";
import { formatCount, formatDuration } from "./format.ts";
import { toPhotoName } from "./run-demo.ts";
import { toTable } from "./table.ts";
import type { Style } from "./terminal.ts";

/** What is told of a demo as a whole. */
export interface DemoFacts {
  readonly simulated: boolean;
  /** The path of its page. */
  readonly page: string;
  /** Where its runs are kept; `null` where they end with the command. */
  readonly keptIn: string | null;
}

/** The before-and-after page of a demo, whose images lie in the same directory. */
export function toDemoPage(results: readonly DemoResult[], directory: string, simulated: boolean): string {
  const entries = results.flatMap(({ job, run, files, modelDurationMs }) =>
    files.map(
      (file): BeforeAfterEntry => ({
        title: `${toTitle(job.room)} · ${job.room.style}`,
        modelId: job.model.id,
        displayName: job.model.name,
        beforeSrc: toPhotoName(job.room),
        afterSrc: relative(directory, file),
        costText: `${simulated ? "would be " : ""}${formatUsd(run?.cost?.microUsd ?? null)}`,
        durationText: toDurationText(modelDurationMs),
        warnings: (run?.warnings ?? []).map(({ field, reason, wayOut }) => `${field}: ${reason}. ${wayOut}`),
        simulated,
      }),
    ),
  );
  return beforeAfterPage({ title: "Empty rooms, staged", entries });
}

/** The table of a demo, its total and its failures, for people. */
export function toDemoText(results: readonly DemoResult[], { page, simulated, keptIn }: DemoFacts, { bold, dim, red }: Style): string {
  const rows = results.flatMap(({ job, run, files, modelDurationMs }, index) => [
    ...(results[index - 1]?.job.room === job.room ? [] : [[bold(job.room.name)]]),
    [
      `  ${job.model.id.split("/").pop()}`,
      run === undefined ? "" : toDurationText(modelDurationMs),
      run === undefined ? "" : formatUsd(run.cost?.microUsd ?? null),
      run === undefined ? red("failed") : files.join(" "),
    ],
  ]);
  const { stagedCount, costMicroUsd } = toDemoTotal(results);
  const failures = results
    .filter(({ error }) => error !== undefined)
    .map(({ job, error }) => `${job.room.name}, ${job.model.id}: ${toReason(error)}`);
  const total = `${formatCount(stagedCount, "image")}, ${formatUsd(costMicroUsd)}`;
  return [
    toTable([["ROOM, MODEL", "TIME", "COST", "FILE"].map(dim), ...rows], [1, 2]),
    simulated
      ? `${bold(`Total: ${total} if it were real.`)} Nothing was paid: images, times and costs are simulated, the prices are those of the models.`
      : bold(`Total: ${total}`),
    ...(failures.length === 0 ? [] : [`${red(`${failures.length} of ${results.length} failed:`)}\n${failures.join("\n")}`]),
    ...(keptIn === null ? [] : [dim(`The runs are kept in ${keptIn}.`)]),
    `Before and after: ${bold(page)} ${dim("(open it in a browser)")}`,
    `Models, settings and ${keptIn === null ? "costs" : "the costs of these runs"} on the admin page: ${bold(`npx restage admin${simulated ? " --simulate" : ""}`)}`,
  ].join("\n\n");
}

/** A demo as plain JSON. */
export function toDemoJson(results: readonly DemoResult[], facts: DemoFacts): object {
  const stagings = results.map(({ job, run, files, modelDurationMs, error }) => ({
    room: job.room.name,
    modelId: job.model.id,
    modelDurationMs,
    costMicroUsd: run?.cost?.microUsd ?? null,
    files,
    warnings: run?.warnings ?? [],
    error: error === undefined ? null : RestageError.is(error) ? error.toJSON() : { code: "bug", message: String(error) },
  }));
  return { ...facts, ...toDemoTotal(results), stagings };
}

function toDemoTotal(results: readonly DemoResult[]): { readonly stagedCount: number; readonly costMicroUsd: number | null } {
  const staged = results.flatMap(({ run }) => run ?? []);
  return { stagedCount: staged.length, costMicroUsd: sumCosts(staged.map(({ cost }) => ({ microUsd: cost?.microUsd ?? null }))) };
}

function toDurationText(milliseconds: number | null): string {
  return milliseconds === null ? "unknown" : formatDuration(milliseconds);
}

function toReason(error: unknown): string {
  return RestageError.is(error) || !(error instanceof Error) ? String((error as Error)?.message ?? error) : (error.stack ?? error.message);
}
