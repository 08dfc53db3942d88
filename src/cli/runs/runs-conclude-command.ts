import { StagingClient } from "../../client/staging-client.ts";
import { MissingTokenError } from "../../errors/missing-token-error.ts";
import { ReplicateAnswerError } from "../../errors/replicate-answer-error.ts";
import { isPredictionId } from "../../replicate/prediction.ts";
import type { RunRecord } from "../../runs/run.ts";
import { isLeftUnknown } from "../../runs/run-changes.ts";
import { confirm } from "../confirm.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { toWhen } from "../to-when.ts";
import { UsageError } from "../usage-error.ts";
import { findRun, runArgument } from "./find-run.ts";
import { toShortId } from "./to-short-id.ts";

/** `restage runs conclude`: writes down what a person found out about an unknown run. */
export const runsConcludeCommand = defineBooksCommand({
  name: "runs conclude",
  summary: "Tell what became of an unknown run: which prediction it has, or that there is none",
  args: [runArgument],
  options: {
    prediction: { type: "string", placeholder: "PREDICTION_ID", description: "Its prediction, as replicate.com/predictions shows it" },
    none: { type: "boolean", description: "Replicate created nothing for it" },
    yes: { type: "boolean", description: "Do not ask" },
  },
  details: () =>
    [
      "With --prediction the run goes on, and `restage runs resume` brings its images",
      "home; that needs REPLICATE_API_TOKEN. With --none it has failed and counts as",
      "free, and its idempotency key is free. If it was created after all, and the photo",
      "is staged again, that is paid twice: look at replicate.com/predictions first.",
    ].join("\n"),
  examples: [
    ["restage runs conclude run_5f0c1a2b --prediction gm3qorzdhgbfurvjtvhg6dckhu", "It was created: goes on with it"],
    ["restage runs conclude run_5f0c1a2b --none", "Tells what that means, asks, and ends it"],
  ],
  isWriting: false,
  plan({ args: [id = ""], options, terminal }) {
    const { none = false, yes = false } = options;
    if (none === (options.prediction !== undefined))
      throw new UsageError("restage runs conclude needs either --prediction PREDICTION_ID or --none");
    const predictionId = none ? null : readPredictionId(options.prediction ?? "");
    return async ({ runStore, budgets, place }) => {
      const run = await findRun(runStore, id);
      const short = toShortId(run.id);
      if (run.state !== "unknown")
        throw new UsageError(`Run ${run.id} is ${run.state}: only an unknown run can be concluded. restage runs show ${short} tells more`);
      if (predictionId !== null && !process.env.REPLICATE_API_TOKEN) throw new MissingTokenError();
      terminal.note(toMeaning(run, predictionId));
      const isConcluded = await confirm(yes, "Nobody can be asked here whether that is so: add --yes", terminal);
      if (!isConcluded) return { json: { place, isConcluded, run }, text: () => "Nothing was changed.", exitCode: 1 };
      const client = new StagingClient({ baseUrl: process.env.REPLICATE_BASE_URL || undefined, runStore, budgets });
      const concluded = await client.conclude(run.id, { predictionId }).catch((error) => {
        const isForeign = ReplicateAnswerError.is(error) && error.status === 404;
        throw isForeign ? new UsageError(`Replicate knows no prediction ${predictionId} in the account of this token`) : error;
      });
      return { json: { place, isConcluded, run: concluded }, text: ({ green }) => `${green("✓")} ${toOutcome(concluded)}` };
    };
  },
});

/** @throws {UsageError} */
function readPredictionId(text: string): string {
  const id = text.replace(/^https:\/\/replicate\.com\/p\//, "");
  if (isPredictionId(id)) return id;
  throw new UsageError(`--prediction takes the id of a prediction, or its address on replicate.com; not ${JSON.stringify(text)}`);
}

/** What a conclusion means, before it is drawn. */
function toMeaning(run: RunRecord, predictionId: string | null): string {
  const sentAt = run.attempts.at(-1)?.sentAt;
  const meaning =
    predictionId === null
      ? [
          "You say that there is no prediction of it. Then it has failed and counts as free,",
          "and its idempotency key is free. If there is one after all, that is paid, and",
          "staging the photo again is paid twice: look at replicate.com/predictions first.",
        ]
      : [
          `You say that its prediction is ${predictionId}.`,
          "If that is one of its model, and no other run has it, the run goes on with it, and",
          "counts what it costs. That cannot be taken back.",
        ];
  return [
    `Run ${run.id}`,
    ...(sentAt === undefined ? [] : [`Sent at ${toWhen(sentAt)} (UTC) to ${run.modelId}.`]),
    ...meaning,
    ...(isLeftUnknown(run) ? [] : ["It is still looked for: `restage runs resume` may find out by itself."]),
  ].join("\n");
}

function toOutcome({ id, state, attempts }: RunRecord): string {
  if (state === "failed") return `Run ${id} has failed and cost nothing. It can be staged again.`;
  const short = toShortId(id);
  return `Run ${id} is ${state}, with prediction ${attempts.at(-1)?.predictionId}. Its images come home with: restage runs resume ${short}`;
}
