import { useMemo, useState } from "preact/hooks";
import type { SummaryRow } from "../../runs/run-summary.ts";
import { ask } from "./api.ts";
import { BudgetList } from "./budget-list.tsx";
import { CostChart } from "./cost-chart.tsx";
import { DayTable } from "./day-table.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { money } from "./format.ts";
import { Scroll } from "./scroll.tsx";
import { toCostTable } from "./to-cost-table.ts";
import { useFeatures } from "./use-features.ts";
import { useLoaded } from "./use-loaded.ts";
import { useTitle } from "./use-title.ts";

interface CostPage {
  readonly rows: readonly SummaryRow[];
  readonly cursor?: string;
}

const spans = [7, 30, 90] as const;

/** What was spent, by model and day, and the budgets. */
export function CostsView() {
  useTitle("Costs");
  const features = useFeatures();
  const [days, setDays] = useState<number>(30);
  const rows = useLoaded(`costs ${days}`, (signal) => readAll(days, signal));
  const table = useMemo(() => rows.data && toCostTable(rows.data, days, Date.now()), [rows.data, days]);
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Costs</h1>
          <p class="lead">What stagings cost, by model and day in UTC.</p>
        </div>
        <div class="segments" role="radiogroup" aria-label="Time">
          {spans.map((span) => (
            <label key={span}>
              <input type="radio" name="span" checked={span === days} onChange={() => setDays(span)} />
              <span>{span} days</span>
            </label>
          ))}
        </div>
      </div>
      {rows.error && <Failure error={rows.error} retry={rows.reload} />}
      {!rows.data && !rows.error && <Waiting />}
      {table && table.models.length === 0 && <p class="empty">No staging was made in these {days} days.</p>}
      {table && table.models.length > 0 && (
        <section class="block">
          <p class="total">
            <strong>{money(table.totalMicroUsd)}</strong> in {days} days
            {table.unknownCosts > 0 && <span class="soft"> and {table.unknownCosts} stagings of unknown cost</span>}
          </p>
          <CostChart days={table.days} series={table.models} />
          <Scroll label="Costs by model">
            <table>
              <thead>
                <tr>
                  <th scope="col">Model</th>
                  <th scope="col" class="number">
                    Stagings
                  </th>
                  <th scope="col" class="number roomy">
                    Images
                  </th>
                  <th scope="col" class="number">
                    Failed
                  </th>
                  <th scope="col" class="number">
                    Cost
                  </th>
                </tr>
              </thead>
              <tbody>
                {table.models.map((model) => (
                  <tr key={model.label}>
                    <th scope="row">
                      <svg class="key" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
                        <rect width="10" height="10" rx="2" fill={model.color} />
                      </svg>{" "}
                      {model.label}
                    </th>
                    <td class="number">{model.runs}</td>
                    <td class="number roomy">{model.images}</td>
                    <td class="number">{model.failed}</td>
                    <td class="number">{money(model.totalMicroUsd)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <details class="fold">
            <summary>Day by day</summary>
            <DayTable table={table} />
          </details>
        </section>
      )}
      {features?.hasBudgets && <BudgetList mayWrite={features.may.write} />}
    </>
  );
}

async function readAll(days: number, signal: AbortSignal): Promise<readonly SummaryRow[]> {
  const since = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const rows: SummaryRow[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ by: "model,day", since, limit: "1000", ...(cursor !== undefined && { cursor }) });
    const page = await ask<CostPage>(`costs?${query}`, { signal });
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}
