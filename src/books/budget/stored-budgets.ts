import { InvalidBudgetError } from "../../errors/invalid-budget-error.ts";
import { VersionConflictError } from "../../errors/version-conflict-error.ts";
import type { Registry } from "../../model/registry.ts";
import type { ConfigStore, ConfigWriteOptions } from "../../settings/config-store.ts";
import type { Json } from "../../settings/json.ts";
import type { Budget, BudgetInput } from "./budget.ts";
import { findUnknownModels } from "./find-unknown-models.ts";
import { findOverlaps, hasSameScope, parseBudget, parseBudgets } from "./parse-budgets.ts";

/** All budgets, and the version of the document that holds them. */
export interface BudgetList {
  /** 0 where none was ever set. */
  readonly version: number;
  readonly budgets: readonly Budget[];
}

/** The budgets that a config store holds. */
export interface StoredBudgets {
  read(): Promise<BudgetList>;
  set(budget: BudgetInput, write: ConfigWriteOptions): Promise<Budget>;
  remove(budgetId: string, write: ConfigWriteOptions): Promise<boolean>;
}

/** The key of the document that holds all budgets. Its value is `{ budgets }`. */
const budgetsKey = "budgets";

const maximumTries = 10;

/** One document for all budgets: a reservation reads them at one moment, and no two can be set that overlap. */
export function storedBudgets(store: ConfigStore, registry?: Pick<Registry, "has" | "list">): StoredBudgets {
  // A version is one text for ever: parsed once.
  let last: BudgetList = { version: 0, budgets: [] };

  async function read(): Promise<BudgetList> {
    const document = (await store.getMany([budgetsKey])).get(budgetsKey);
    if (document === undefined) return { version: 0, budgets: [] };
    if (document.version !== last.version) last = { version: document.version, budgets: parseBudgets(document.value) };
    return last;
  }

  async function change(write: ConfigWriteOptions, toNext: (before: readonly Budget[]) => readonly Budget[]): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      const { version, budgets: before } = await read();
      // A cache may be behind what the caller saw: what is written follows from what was read, and from nothing else.
      const { expectedVersion = version } = write;
      if (version !== expectedVersion) throw new VersionConflictError(budgetsKey, expectedVersion, version);
      const budgets = toNext(before);
      if (budgets === before) return false;
      try {
        await store.put(budgetsKey, { budgets } as unknown as Json, { ...write, expectedVersion: version });
        return true;
      } catch (error) {
        // Somebody else changed another budget meanwhile.
        if (!VersionConflictError.is(error) || write.expectedVersion !== undefined || tries === maximumTries) throw error;
      }
    }
  }

  return {
    read,
    async set(input, write) {
      const budget = parseBudget(input);
      await change(write, (before) => {
        const own = before.find(({ id }) => id === budget.id);
        const message = "counts the runs of another model or project: give the new budget an id of its own";
        const moved = own === undefined || hasSameScope(own, budget) ? [] : [{ field: "id", message }];
        const problems = [...moved, ...findOverlaps(budget, before), ...(registry ? findUnknownModels(budget, registry) : [])];
        if (problems.length > 0) throw new InvalidBudgetError(problems);
        return own === undefined ? [...before, budget] : before.map((one) => (one === own ? budget : one));
      });
      return budget;
    },
    remove: (budgetId, write) =>
      change(write, (before) => (before.some(({ id }) => id === budgetId) ? before.filter(({ id }) => id !== budgetId) : before)),
  };
}
