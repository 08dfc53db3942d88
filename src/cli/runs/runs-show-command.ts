import { systemClock } from "../../basics/clock.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { findRun, runArgument } from "./find-run.ts";
import { toRunDetail } from "./to-run-detail.ts";

/** `restage runs show`: all that is known of one run. */
export const runsShowCommand = defineBooksCommand({
  name: "runs show",
  summary: "Show all that is known of a run, and what to do about it",
  args: [runArgument],
  options: {},
  details: () =>
    "The prompt is shown where it was kept: a service asks for that with keepPrompts.\nWith --json it is the record as it is kept.",
  examples: [
    ["restage runs show run_5f0c1a2b", "Request, settings, attempts, images, cost, and the next step"],
    ["restage runs show run_5f0c1a2b --json", "The record, for programs"],
  ],
  isWriting: false,
  plan:
    ({ args: [id = ""] }) =>
    async ({ runStore, place }) => {
      const run = await findRun(runStore, id);
      return { json: run, text: (style) => toRunDetail(run, place, systemClock.now(), style) };
    },
});
