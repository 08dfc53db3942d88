import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { WaitOptions } from "../../client/client-context.ts";
import type { ResumedRun } from "../../client/resume-runs.ts";
import type { StagedRun } from "../../client/staged-run.ts";
import { StagingClient } from "../../client/staging-client.ts";
import { OutputError } from "../output-error.ts";
import { writeImages } from "../output-target.ts";
import type { Books } from "../storage/open-books.ts";
import type { Terminal } from "../terminal.ts";
import { createRunsProgress } from "./create-runs-progress.ts";
import { keepInFolder } from "./keep-in-folder.ts";

/** What to take up, and for how long. */
export interface TakeUpOptions {
  /** Only this run; also one that has succeeded, whose images are fetched again. */
  readonly id: string | undefined;
  /** At most so many runs. */
  readonly limit: number;
  /** How long all of it may take, in milliseconds. Default: as long as a client waits. */
  readonly deadlineMs: number | undefined;
  /** Where images go. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** What became of a run that was taken up, and the files of its images. */
export type TakenUpRun = ResumedRun & { readonly files: readonly string[] };

/** Takes up what no process holds, or one run, and brings images into a folder. Nothing is sent that could create a prediction. */
export async function takeUpRuns(
  { runStore, budgets }: Pick<Books, "runStore" | "budgets">,
  { id, limit, deadlineMs, directory, signal }: TakeUpOptions,
  terminal: Terminal,
): Promise<readonly TakenUpRun[]> {
  const progress = createRunsProgress(terminal);
  const baseUrl = process.env.REPLICATE_BASE_URL || undefined;
  const { onEvent, onProgress } = progress;
  const client = new StagingClient({ baseUrl, runStore, budgets, sink: keepInFolder(directory), onEvent });
  const waiting: WaitOptions = { signal, onProgress, ...(deadlineMs !== undefined && { timeoutMs: deadlineMs }) };
  try {
    const resumed = id === undefined ? await client.resume({ ...waiting, limit, deadlineMs }) : [await waitFor(client, id, waiting)];
    return await Promise.all(resumed.map((each) => withFiles(each, directory)));
  } finally {
    progress.end();
  }
}

async function waitFor(client: StagingClient, runId: string, options: WaitOptions): Promise<ResumedRun> {
  try {
    return { runId, run: await client.wait(runId, options) };
  } catch (error) {
    return { runId, error };
  }
}

async function withFiles(resumed: ResumedRun, directory: string): Promise<TakenUpRun> {
  if (resumed.run === undefined) return { ...resumed, files: [] };
  try {
    return { ...resumed, files: await toFiles(resumed.run, directory) };
  } catch (error) {
    return { runId: resumed.runId, error, files: [] };
  }
}

/** Where the images are; those of a run that was over before are in memory, and written now. */
async function toFiles({ id, images, attempts }: StagedRun, directory: string): Promise<readonly string[]> {
  const kept = images.flatMap(({ location }) => location ?? []);
  if (kept.length === images.length) return kept.map(checkThere);
  return writeImages(images, { stem: join(directory, `${id}-staged`), ending: "" }, { force: false }, attempts.at(-1)?.outputUrls);
}

// A sink of a service names no path of this machine; a file may have been deleted since.
function checkThere(location: string): string {
  if (!isAbsolute(location) || existsSync(location)) return location;
  throw new OutputError(`The image was kept at ${location}, which is not there on this machine`, { billed: "yes" });
}
