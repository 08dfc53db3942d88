import type { BudgetStore, NotedAlert, ReserveAnswer, TakeAlertsOptions } from "../../books/budget/budget-store.ts";
import { checkBudgetCall } from "../../books/budget/check-budget-call.ts";
import { ReservationNotFoundError } from "../../errors/reservation-not-found-error.ts";
import { ReservationSettledError } from "../../errors/reservation-settled-error.ts";
import { toBudgetStatements } from "./budget-statements.ts";
import { checkSchema } from "./check-schema.ts";
import { runStatement } from "./run-statement.ts";
import type { SqlQuery } from "./sql.ts";
import { toStorableText } from "./to-storable.ts";

type Settled = { readonly outcome: "settled"; readonly settledMicroUsd: number };
type SettleAnswer = { readonly outcome: "done"; readonly alerts: readonly NotedAlert[] } | { readonly outcome: "unknown" } | Settled;

/**
 * Counts budgets in PostgreSQL, for every process that uses the schema, `public` unless told otherwise. A reservation is one statement:
 * it holds the counters of its budgets until it is over, so that no two processes can spend the same money. Ages and leases are by the
 * database's clock.
 * @throws {InvalidSchemaNameError}
 *
 * @example
 * ```ts
 * import pg from "pg";
 * import { cachedConfigStore } from "restage";
 * import { createBudgets } from "restage/books";
 * import { fromPg, postgresBudgetStore, postgresConfigStore } from "restage/postgres";
 *
 * const sql = fromPg(new pg.Pool({ connectionString: process.env.DATABASE_URL }));
 * const configStore = cachedConfigStore(postgresConfigStore({ sql }));
 * const budgets = createBudgets({ store: postgresBudgetStore({ sql }), configStore });
 * ```
 */
export function postgresBudgetStore({ sql, schema }: { readonly sql: SqlQuery; readonly schema?: string | undefined }): BudgetStore {
  const statements = toBudgetStatements(checkSchema(schema));
  const run = (name: keyof typeof statements, ...parameters: readonly unknown[]) => runStatement(sql, statements[name], parameters);
  async function ask<Answer>(...call: Parameters<typeof run>): Promise<Answer> {
    const [row] = await run(...call);
    return JSON.parse(row?.answer as string) as Answer;
  }

  return {
    async reserve(asked, takeAlerts) {
      const { runId, microUsd, lines } = checkBudgetCall("reserve", asked);
      const parameters = [toStorableText(runId), toText(microUsd), JSON.stringify(lines), ...toLease(takeAlerts)];
      const answer = await ask<ReserveAnswer | Settled>("reserve", ...parameters);
      if (answer.outcome === "settled") throw new ReservationSettledError(runId, answer.settledMicroUsd);
      return answer;
    },
    async settle(runId, microUsd, takeAlerts) {
      checkBudgetCall("settle", { runId, microUsd });
      const answer = await ask<SettleAnswer>("settle", toStorableText(runId), toText(microUsd), ...toLease(takeAlerts));
      if (answer.outcome === "unknown") throw new ReservationNotFoundError(runId);
      if (answer.outcome === "settled") throw new ReservationSettledError(runId, answer.settledMicroUsd);
      return answer.alerts;
    },
    async open(options) {
      const { olderThanMs, limit } = checkBudgetCall("open", options);
      const rows = await run("open", olderThanMs, limit);
      return rows.map(({ run_id }) => run_id as string);
    },
    async usage(counters) {
      const rows = await run("usage", JSON.stringify(counters.map(({ budgetId, period }) => ({ budgetId, period }))));
      return rows.map(({ answer }) => JSON.parse(answer as string));
    },
    async takeAlerts(options) {
      return ask("takeAlerts", ...toLease(options));
    },
    async endAlert({ budgetId, period, percent }, isDelivered) {
      await run("endAlert", budgetId, period, percent, isDelivered);
    },
  };
}

// As text: a driver may send a number of more than 32 bits as a floating one.
function toText(microUsd: number | null): string | null {
  return microUsd === null ? null : String(microUsd);
}

function toLease(options: TakeAlertsOptions | undefined): readonly (number | null)[] {
  if (options === undefined) return [null, 0];
  const { leaseMs, limit } = checkBudgetCall("takeAlerts", options);
  return [leaseMs, limit];
}
