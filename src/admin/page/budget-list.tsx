import { useState } from "preact/hooks";
import type { Budget } from "../../books/budget/budget.ts";
import type { BudgetStatus } from "../../books/budget/budgets.ts";
import { announce } from "./announce.tsx";
import { ask } from "./api.ts";
import { BudgetDialog } from "./budget-dialog.tsx";
import { Confirm } from "./confirm.tsx";
import { Failure, Waiting } from "./failure.tsx";
import { money } from "./format.ts";
import { useLoaded } from "./use-loaded.ts";

interface Budgets {
  readonly budgets: readonly BudgetStatus[];
  readonly version: number | null;
}

const periods: Readonly<Record<Budget["period"], string>> = {
  day: "a day",
  week: "a week",
  month: "a month",
  year: "a year",
  total: "in all",
};

/** Budgets: what each allows, and how much of it is spent. */
export function BudgetList({ mayWrite }: { readonly mayWrite: boolean }) {
  const list = useLoaded("budgets", (signal) => ask<Budgets>("budgets", { signal }));
  const [edited, setEdited] = useState<Budget | "new">();
  const [removed, setRemoved] = useState<string>();
  const version = list.data?.version ?? null;
  const save = async (budget: Budget) => {
    const { id, ...body } = budget;
    try {
      await ask(`budgets/${encodeURIComponent(id)}`, { method: "PUT", body, version });
      announce(`The budget ${id} is saved.`);
    } finally {
      list.reload();
    }
  };
  const remove = async (note: string) => {
    try {
      await ask(`budgets/${encodeURIComponent(removed ?? "")}`, { method: "DELETE", body: { ...(note && { note }) }, version });
      announce(`The budget ${removed} is gone.`);
    } finally {
      list.reload();
    }
  };
  return (
    <section class="block" aria-labelledby="budgets-title">
      <div class="page-head">
        <h2 id="budgets-title">Budgets</h2>
        {mayWrite && (
          <button type="button" onClick={() => setEdited("new")}>
            Add a budget
          </button>
        )}
      </div>
      {list.error && <Failure error={list.error} retry={list.reload} />}
      {!list.data && !list.error && <Waiting />}
      {list.data?.budgets.length === 0 && <p class="empty">There is no budget: nothing limits what may be spent.</p>}
      <ul class="budgets">
        {list.data?.budgets.map((status) => (
          <BudgetRow
            key={status.budget.id}
            status={status}
            mayWrite={mayWrite}
            edit={() => setEdited(status.budget)}
            remove={() => setRemoved(status.budget.id)}
          />
        ))}
      </ul>
      {edited && <BudgetDialog budget={edited === "new" ? undefined : edited} save={save} onClose={() => setEdited(undefined)} />}
      {removed && (
        <Confirm
          title={`Remove the budget ${removed}?`}
          action="Remove"
          ask="Note (optional)"
          act={remove}
          onClose={() => setRemoved(undefined)}
        >
          <p>It no longer limits what may be spent.</p>
        </Confirm>
      )}
    </section>
  );
}

interface BudgetRowProps {
  readonly status: BudgetStatus;
  readonly mayWrite: boolean;
  edit(): void;
  remove(): void;
}

function BudgetRow({ status, mayWrite, edit, remove }: BudgetRowProps) {
  const { budget, spentMicroUsd, reservedMicroUsd, leftMicroUsd, resetsAt } = status;
  const { id, limitMicroUsd, period, isHard, modelId, projectId } = budget;
  const percent = Math.min(100, ((spentMicroUsd + reservedMicroUsd) / limitMicroUsd) * 100);
  const scope = [modelId, projectId && `project ${projectId}`].filter(Boolean).join(", ") || "All stagings";
  const level = percent >= 95 ? "bad" : percent >= 80 ? "warn" : "";
  return (
    <li>
      <div class="version-head">
        <strong>{id}</strong>
        <span class="soft">
          {scope}. {isHard ? "Refuses what goes past it." : "Only tells, refuses nothing."}
        </span>
        {mayWrite && (
          <span class="row-actions">
            <button type="button" class="small" aria-label={`Change the budget ${id}`} onClick={edit}>
              Change
            </button>
            <button type="button" class="small" aria-label={`Remove the budget ${id}`} onClick={remove}>
              Remove
            </button>
          </span>
        )}
      </div>
      <meter class={level} min={0} max={100} value={percent} aria-label={`${id}: ${Math.round(percent)} percent used`}>
        {Math.round(percent)} %
      </meter>
      <p class="soft">
        {money(spentMicroUsd)} spent{reservedMicroUsd > 0 && `, ${money(reservedMicroUsd)} reserved`} of {money(limitMicroUsd)}{" "}
        {periods[period]}. {money(leftMicroUsd)} left
        {resetsAt && ` until ${new Date(resetsAt).toLocaleDateString("en", { day: "numeric", month: "long", timeZone: "UTC" })}`}.
      </p>
    </li>
  );
}
