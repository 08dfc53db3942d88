import type { AlertReceiver } from "../../src/books/budget/create-alert-delivery.ts";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { createManualClock } from "../settings/manual-clock.ts";

export const write = { author: { name: "Ada" } };
export const model = "black-forest-labs/flux-kontext-pro";

/** A run of the model above, without a project. */
export function aRun(runId: string, microUsd: number | null, more: { readonly modelId?: string; readonly projectId?: string } = {}) {
  return { runId, microUsd, modelId: model, projectId: null, ...more };
}

/** Budgets in memory, by a clock that begins on Thursday, 1 January 2026. */
export function openBudgets(receiver: AlertReceiver = {}) {
  const clock = createManualClock();
  const store = memoryBudgetStore({ clock });
  const configStore = memoryConfigStore();
  return { clock, store, configStore, budgets: createBudgets({ store, configStore, clock, ...receiver }) };
}
