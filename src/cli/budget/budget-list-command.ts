import type { BudgetStatus } from "../../books/budget/budgets.ts";
import { formatUsd } from "../../model/price.ts";
import { defineBooksCommand } from "../costs/define-books-command.ts";
import { toTable } from "../table.ts";
import type { Style } from "../terminal.ts";

/** `restage budget list`: how the budgets stand. */
export const budgetListCommand = defineBooksCommand({
  name: "budget list",
  summary: "Show all budgets: what is spent, reserved and left, and when they reset",
  args: [],
  options: {},
  examples: [["restage budget list --json", "For programs"]],
  isWriting: false,
  plan:
    () =>
    async ({ budgets, place }) => {
      const [{ version }, status] = await Promise.all([budgets.list(), budgets.status()]);
      return { json: { place, version, budgets: status }, text: (style) => toText(status, place, style) };
    },
});

function toText(status: readonly BudgetStatus[], place: string, { bold, dim, yellow }: Style): string {
  const heading = `${bold("Budgets")} ${dim(`· ${place}`)}`;
  if (status.length === 0) return `${heading}\n\nNone is set: restage budget set ID --limit 25 --period month`;
  const header = ["", "for", "period", "limit", "spent", "reserved", "left", "resets", ""];
  const rows = status.map(({ budget, spentMicroUsd, reservedMicroUsd, leftMicroUsd, resetsAt, alertedPercents }) => [
    bold(budget.id),
    [budget.modelId, budget.projectId && `project ${budget.projectId}`].filter(Boolean).join(", ") || "everything",
    budget.period,
    formatUsd(budget.limitMicroUsd),
    formatUsd(spentMicroUsd),
    formatUsd(reservedMicroUsd),
    leftMicroUsd === 0 ? yellow(formatUsd(0)) : formatUsd(leftMicroUsd),
    resetsAt?.slice(0, 10) ?? "never",
    [...(budget.isHard ? [] : ["only tells"]), ...alertedPercents.slice(-1).map((percent) => `${percent} % reached`)].join(", "),
  ]);
  return [heading, "", toTable([header.map(dim), ...rows], [3, 4, 5, 6])].join("\n");
}
