import { once } from "../../basics/once.ts";
import { z } from "../../basics/z.ts";
import { InvalidBudgetError } from "../../errors/invalid-budget-error.ts";
import { parseWith } from "../../errors/parse-with.ts";
import type { OpenReservationsOptions } from "../../runs/spending.ts";
import type { Reservation, TakeAlertsOptions } from "./budget-store.ts";
import { wholeNumber } from "./whole-number.ts";

const schemas = once(() => {
  const runId = z.string().min(1).max(255);
  const microUsd = wholeNumber(0, 1e12).nullable();
  const line = z.object({
    budgetId: z.string().regex(/^[\w-]{1,64}$/, "must be 1 to 64 letters, digits, - and _"),
    period: z.string().regex(/^[!-~]{1,100}$/, "must be 1 to 100 visible ASCII characters"),
    limitMicroUsd: wholeNumber(1, 1e15),
    isHard: z.boolean(),
    alertPercents: z.array(wholeNumber(1, 100)),
  });
  const areDifferent = (lines: readonly z.output<typeof line>[]) =>
    new Set(lines.map(({ budgetId, period }) => JSON.stringify([budgetId, period]))).size === lines.length;
  return {
    reserve: z.object({ runId, microUsd, lines: z.array(line).min(1).refine(areDifferent, "names a counter twice") }),
    settle: z.object({ runId, microUsd }),
    open: z.object({ olderThanMs: z.number().min(0), limit: wholeNumber(1, 1_000) }),
    takeAlerts: z.object({ leaseMs: z.number().min(1).max(86_400_000), limit: wholeNumber(1, 100) }),
  };
});

interface Calls {
  readonly reserve: Reservation;
  readonly settle: { readonly runId: string; readonly microUsd: number | null };
  readonly open: OpenReservationsOptions;
  readonly takeAlerts: TakeAlertsOptions;
}

/**
 * Checks what a `BudgetStore` is asked, and leaves out what is none of it. Every store calls it before it reads or writes.
 * @throws {InvalidBudgetError} with every problem at once.
 */
export function checkBudgetCall<Name extends keyof Calls>(name: Name, asked: Calls[Name]): Calls[Name] {
  const table: { readonly [Each in keyof Calls]: z.ZodType<Calls[Each]> } = schemas();
  return parseWith(table[name], asked, (problems) => new InvalidBudgetError(problems));
}
