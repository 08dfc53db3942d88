import { join } from "node:path";
import { systemClock } from "../../basics/clock.ts";
import { MissingTokenError } from "../../errors/missing-token-error.ts";
import type { RunRecord } from "../../runs/run.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { listenForInterrupt } from "../listen-for-interrupt.ts";
import { prepareTarget } from "../output-target.ts";
import { UsageError } from "../usage-error.ts";
import { findOpenRuns } from "./find-open-runs.ts";
import { findRun, runArgument } from "./find-run.ts";
import { isGoneSimulation } from "./is-gone-simulation.ts";
import { keepsInFolder } from "./keeps-in-folder.ts";
import { readCount } from "./read-count.ts";
import { releaseLeftovers } from "./release-leftovers.ts";
import { takeUpRuns } from "./take-up-runs.ts";
import { type LeftRuns, toLeftRuns } from "./to-left-runs.ts";
import { toResumedJson, toResumedText } from "./to-resumed-text.ts";

/** `restage runs resume`: takes up what was cut, and brings images home. */
export const runsResumeCommand = defineBooksCommand({
  name: "runs resume",
  summary: "Take up stagings that were cut, and bring their images home",
  args: [{ ...runArgument, isRequired: false, description: `${runArgument.description}; default: all that no process holds` }],
  options: {
    out: { type: "string", placeholder: "FOLDER", description: "Where images go, as RUN-staged.EXT; default: the current directory" },
    limit: { type: "string", placeholder: "N", description: "At most so many runs, the oldest first; default 100" },
    deadline: { type: "string", placeholder: "SECONDS", description: "Stop waiting after so long; the next call goes on; default 900" },
  },
  details: () =>
    [
      "What was never sent is given up. What was sent without an answer is looked for",
      "in Replicate's list. What is running is waited for. Nothing is sent that could",
      "create a prediction, so resuming costs nothing; a prediction that goes on is",
      "charged with or without it.",
      "",
      "A staging that was killed while it was being sent can be taken up two minutes",
      "later. With an ID, images of a run that has succeeded are fetched once more,",
      "within an hour of its end, where they are kept nowhere yet.",
      "",
      "In the database of a service, runs that it started and does not wait for are",
      "taken up, too, and their images come into FOLDER, not to where the service keeps",
      "them: there, better let the service resume.",
      "",
      "Ends with code 1 where a run came without images, or something is left to do.",
    ].join("\n"),
  examples: [
    ["restage runs resume", "Everything that was cut, into the current directory"],
    ["restage runs resume --out staged/ --deadline 60", "For at most a minute"],
    ["restage runs resume run_5f0c1a2b", "One run; also to fetch its images again"],
  ],
  isWriting: false,
  plan({ args: [id], options, terminal }) {
    if (id !== undefined && options.limit !== undefined) throw new UsageError("--limit is for all runs; an ID names one");
    const limit = readCount("--limit", options.limit ?? "100", 1_000);
    const deadlineMs = options.deadline === undefined ? undefined : readCount("--deadline", options.deadline, 86_400) * 1_000;
    const directory = options.out ?? "";
    return async (books) => {
      const { runStore, place } = books;
      const asked = id === undefined ? undefined : await findRun(runStore, id);
      if (asked !== undefined && isGoneSimulation(asked) && asked.finishedAt !== null)
        throw new UsageError(`Run ${asked.id} is one of the simulator, which ended with its command: there is nothing to fetch`);
      const ended = await releaseLeftovers(runStore, systemClock.now());
      const isEnded = ended.some((run) => run.id === asked?.id);
      if (!isEnded) await checkReady(runStore, asked, directory);
      const listener = listenForInterrupt(terminal);
      try {
        const { signal } = listener;
        const taken = isEnded ? [] : await takeUpRuns(books, { id: asked?.id, limit, deadlineMs, directory, signal }, terminal);
        const left = await findLeft(runStore, asked?.id);
        const facts = { taken, ended, left, place, isInterrupted: signal.aborted };
        const isWanting = taken.some(({ error }) => error !== undefined) || isLeft(left);
        return {
          json: toResumedJson(facts),
          text: (style) => toResumedText(facts, style),
          exitCode: signal.aborted ? 130 : isWanting ? 1 : 0,
        };
      } finally {
        listener.stop();
      }
    };
  },
});

/** Fails before anything is taken up where it could not be brought to its end. */
async function checkReady(runStore: RunStore, asked: RunRecord | undefined, directory: string): Promise<void> {
  if (asked === undefined && (await findOpenRuns(runStore)).underWay.length === 0) return;
  if (!process.env.REPLICATE_API_TOKEN) throw new MissingTokenError();
  await prepareTarget({ stem: join(directory, "run"), ending: "" }, undefined, 0, { force: true });
}

/** What is left of all runs, or of one. */
async function findLeft(runStore: RunStore, id: string | undefined): Promise<LeftRuns> {
  const { unknown, underWay, hasMore } = await findOpenRuns(runStore);
  const isMeant = (run: RunRecord) => id === undefined || run.id === id;
  return toLeftRuns({ unknown: unknown.filter(isMeant), underWay: underWay.filter(isMeant), hasMore }, systemClock.now());
}

// Another process of the same database may well be at work.
function isLeft({ unknown, free, held }: LeftRuns): boolean {
  return unknown.length > 0 || free.length > 0 || (keepsInFolder() && held.length > 0);
}
