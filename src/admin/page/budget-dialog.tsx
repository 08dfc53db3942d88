import { useState } from "preact/hooks";
import type { Budget } from "../../books/budget/budget.ts";
import type { ApiError } from "./api-error.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";

interface BudgetDialogProps {
  /** Absent: a new one. */
  readonly budget: Budget | undefined;
  save(budget: Budget): Promise<void>;
  onClose(): void;
}

const periods: readonly (readonly [Budget["period"], string])[] = [
  ["day", "Day"],
  ["week", "Week"],
  ["month", "Month"],
  ["year", "Year"],
  ["total", "In all"],
];

/** Asks for a budget. What it does not ask for stays as it is. */
export function BudgetDialog({ budget, save, onClose }: BudgetDialogProps) {
  const [error, setError] = useState<ApiError>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const { modelId: _, projectId: __, ...rest } = budget ?? {};
    setIsBusy(true);
    setError(undefined);
    try {
      await save({
        ...rest,
        id: budget?.id ?? text("id"),
        period: text("period") as Budget["period"],
        limitMicroUsd: Math.round(Number(text("limit")) * 1_000_000),
        isHard: given.get("hard") !== null,
        ...(text("modelId") && { modelId: text("modelId") }),
        ...(text("projectId") && { projectId: text("projectId") }),
      } as Budget);
      onClose();
    } catch (caught) {
      setError(caught as ApiError);
      setIsBusy(false);
    }
  };
  return (
    <Dialog title={budget ? `Change the budget ${budget.id}` : "Add a budget"} onClose={onClose}>
      <form onSubmit={submit}>
        {!budget && (
          <label class="stacked">
            <span class="label">Name</span>
            <input type="text" name="id" required pattern="[A-Za-z0-9_\-]+" maxLength={64} placeholder="all-month" />
          </label>
        )}
        <div class="pair">
          <label class="stacked">
            <span class="label">Limit in dollars</span>
            <input type="number" name="limit" required min="0.01" step="any" defaultValue={budget && String(budget.limitMicroUsd / 1e6)} />
          </label>
          <label class="stacked">
            <span class="label">Period</span>
            <select name="period">
              {periods.map(([period, text]) => (
                <option key={period} value={period} selected={period === (budget?.period ?? "month")}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        </div>
        <label class="stacked">
          <span class="label">Only this model (optional)</span>
          <input type="text" name="modelId" defaultValue={budget?.modelId} placeholder="owner/name" />
        </label>
        <label class="stacked">
          <span class="label">Only this project (optional)</span>
          <input type="text" name="projectId" defaultValue={budget?.projectId} />
        </label>
        <label class="beside">
          <input type="checkbox" name="hard" defaultChecked={budget?.isHard ?? true} />
          <span>Refuse stagings that would go past it</span>
        </label>
        {error && <Failure error={error} />}
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy}>
            Save
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
