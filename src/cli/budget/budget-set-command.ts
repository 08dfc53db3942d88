import type { BudgetPeriod } from "../../books/budget/budget.ts";
import { formatUsd } from "../../model/price.ts";
import { toWriteOptions, writeOptions } from "../config/setting-options.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { findModel } from "../find-model.ts";
import { UsageError } from "../usage-error.ts";
import { budgetArgument, readAmount, readPercent } from "./budget-options.ts";

const { note, author, "expected-version": expectedVersion } = writeOptions;
const periods: readonly BudgetPeriod[] = ["day", "week", "month", "year", "total"];

/** `restage budget set`: sets a budget, or changes one. */
export const budgetSetCommand = defineBooksCommand({
  name: "budget set",
  summary: "Set the most that may be spent, or change it; what was counted stays",
  args: [budgetArgument],
  options: {
    limit: { type: "string", placeholder: "USD", description: "The most that may be spent in a period, in US dollars" },
    period: { type: "string", placeholder: "PERIOD", description: `${periods.join(", ")}; in UTC; default month` },
    model: { type: "string", placeholder: "MODEL", description: "Only runs of this model" },
    project: { type: "string", placeholder: "PROJECT", description: "Only runs of this project" },
    alerts: { type: "string", placeholder: "PERCENTS", description: "When to tell, such as 50,80,95, which is the default" },
    soft: { type: "boolean", description: "Only tell; refuse nothing" },
    "unknown-price": { type: "string", placeholder: "WORD", description: "refuse (default) or allow runs of a model without a price" },
    "step-down": { type: "string", placeholder: "MODEL", description: "The cheaper model to stage with near the limit" },
    "step-down-at": { type: "string", placeholder: "PERCENT", description: "From how many percent of the limit on; default 90" },
    note,
    author,
    "expected-version": expectedVersion,
  },
  examples: [
    ["restage budget set month-limit --limit 25 --period month", "At most 25 US dollars a month, for everything"],
    ["restage budget set villa --limit 5 --period total --project villa-12 --alerts 50,90", "For one project, once"],
  ],
  details: () => "What is left out has its default, also where the budget is there already: say all of it again to change a part.",
  isWriting: true,
  plan({ args: [id = ""], options }) {
    const { limit, period = "month", alerts, soft, project, model, "unknown-price": unknownPrice = "refuse" } = options;
    if (limit === undefined) throw new UsageError("restage budget set needs --limit, in US dollars");
    if (!isOneOf(periods, period)) throw new UsageError(`--period takes ${periods.join(", ")}; not ${JSON.stringify(period)}`);
    if (!isOneOf(["refuse", "allow"] as const, unknownPrice)) throw new UsageError("--unknown-price takes refuse or allow");
    const { "step-down": cheaper, "step-down-at": at } = options;
    if (cheaper === undefined && at !== undefined) throw new UsageError("--step-down-at needs --step-down");
    const budget = {
      id,
      period,
      limitMicroUsd: readAmount("--limit", limit),
      unknownPrice,
      isHard: !soft,
      modelId: model && findModel(model).id,
      projectId: project,
      alertPercents: alerts?.split(",").map((text) => readPercent("--alerts", text)),
      stepDown:
        cheaper === undefined ? undefined : { modelId: findModel(cheaper).id, atPercent: readPercent("--step-down-at", at ?? "90") },
    };
    const { projectId: _, ...write } = toWriteOptions(options);
    return async ({ budgets, place }) => {
      const set = await budgets.set(budget, write);
      const what = `${formatUsd(set.limitMicroUsd)} ${set.period === "total" ? "in total" : `a ${set.period}`}`;
      return { json: { place, budget: set }, text: ({ green }) => `${green("✓")} ${set.id}: ${what}, saved in ${place}` };
    };
  },
});

function isOneOf<Word extends string>(words: readonly Word[], text: string): text is Word {
  return (words as readonly string[]).includes(text);
}
