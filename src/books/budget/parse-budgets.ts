import { once } from "../../basics/once.ts";
import { withoutUndefined } from "../../basics/without-undefined.ts";
import { z } from "../../basics/z.ts";
import { InvalidBudgetError } from "../../errors/invalid-budget-error.ts";
import { parseWith } from "../../errors/parse-with.ts";
import type { Problem } from "../../errors/problem.ts";
import type { Budget, BudgetPeriod } from "./budget.ts";
import { wholeNumber } from "./whole-number.ts";

const periods = ["day", "week", "month", "year", "total"] as const satisfies readonly BudgetPeriod[];

const budgetSchema = once(() => {
  const name = (maximum: number) =>
    z
      .string()
      .min(1)
      .max(maximum)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, "holds control or broken characters; remove them");
  const percent = wholeNumber(1, 100);
  return z
    .strictObject({
      id: z.string().regex(/^[\w-]{1,64}$/, "must be 1 to 64 letters, digits, - and _"),
      modelId: name(255).optional(),
      projectId: name(128).optional(),
      period: z.enum(periods),
      limitMicroUsd: wholeNumber(1, 1e15),
      alertPercents: z
        .array(percent)
        .refine((given) => given.every((one, index) => index === 0 || one > (given[index - 1] as number)), "must rise from one to the next")
        .default([50, 80, 95]),
      unknownPrice: z.enum(["refuse", "allow"]).default("refuse"),
      isHard: z.boolean().default(true),
      stepDown: z.strictObject({ atPercent: percent, modelId: name(255) }).optional(),
    })
    .refine(({ modelId, stepDown }) => stepDown === undefined || stepDown.modelId !== modelId, {
      path: ["stepDown", "modelId"],
      message: "must be another model than the budget's",
    })
    .transform((budget): Budget => withoutUndefined(budget as Budget));
});

const listSchema = once(() => z.strictObject({ budgets: z.array(budgetSchema()) }));

/**
 * A budget, with its defaults.
 * @throws {InvalidBudgetError} with every problem at once.
 */
export function parseBudget(value: unknown): Budget {
  return parseWith(budgetSchema(), value, (problems) => new InvalidBudgetError(problems));
}

/**
 * The budgets of a stored document.
 * @throws {InvalidBudgetError} where it cannot be used: none of it is left out silently.
 */
export function parseBudgets(value: unknown): readonly Budget[] {
  const refuse = (problems: readonly Problem[]) =>
    new InvalidBudgetError(problems, '\nThe document "budgets" of the config store holds this: put it right there');
  const { budgets } = parseWith(listSchema(), value, refuse);
  const problems = budgets.flatMap((budget, index) => [
    ...(budgets.findIndex(({ id }) => id === budget.id) < index ? [{ field: `budgets[${index}].id`, message: "stands there twice" }] : []),
    ...findOverlaps(budget, budgets.slice(0, index)).map((problem) => ({ ...problem, field: `budgets[${index}].${problem.field}` })),
  ]);
  if (problems.length > 0) throw refuse(problems);
  return budgets;
}

/** What speaks against a budget beside these others: each scope has one per period, or nobody could say which of them holds. */
export function findOverlaps(budget: Budget, others: readonly Budget[]): readonly Problem[] {
  return others
    .filter((other) => other.id !== budget.id && other.period === budget.period && hasSameScope(other, budget))
    .map(({ id }) => ({
      field: "period",
      message: `overlaps with the budget ${id}, of the same model, project and period: change that one`,
    }));
}

/** Whether two budgets are for the same runs. */
export function hasSameScope(one: Budget, other: Budget): boolean {
  return one.modelId === other.modelId && one.projectId === other.projectId;
}
