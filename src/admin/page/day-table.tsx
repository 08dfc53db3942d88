import { money } from "./format.ts";
import { Scroll } from "./scroll.tsx";
import type { CostTable } from "./to-cost-table.ts";

/** Costs by day, the newest first, a column for each model. */
export function DayTable({ table: { days, models } }: { readonly table: CostTable }) {
  return (
    <Scroll label="Costs by day">
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {models.map(({ label }) => (
              <th key={label} scope="col" class="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .map((day, index) => (
              <tr key={day}>
                <th scope="row">{new Date(day * 1000).toISOString().slice(0, 10)}</th>
                {models.map(({ label, microUsd }) => (
                  <td key={label} class="number">
                    {money(microUsd[index])}
                  </td>
                ))}
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </Scroll>
  );
}
