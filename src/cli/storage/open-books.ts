import type { Budgets } from "../../books/budget/budgets.ts";
import { createBudgets } from "../../books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../../books/budget/memory-budget-store.ts";
import { registry } from "../../models/registry.ts";
import type { RunStore } from "../../runs/run-store.ts";
import { memoryConfigStore } from "../../stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../stores/memory/memory-run-store.ts";
import { postgresBudgetStore } from "../../stores/postgres/postgres-budget-store.ts";
import { postgresConfigStore } from "../../stores/postgres/postgres-config-store.ts";
import { postgresRunStore } from "../../stores/postgres/postgres-run-store.ts";
import type { Terminal } from "../terminal.ts";
import type { Connection } from "./connection.ts";
import { openConnection, readPlace } from "./open-connection.ts";
import { isPrepared, loadPglite } from "./open-folder.ts";

/** The runs and the budgets of a service. */
export interface Books {
  readonly runStore: RunStore;
  readonly budgets: Budgets;
  /** For people: `.restage (PGlite)`. Holds no credentials. */
  readonly place: string;
  close(): Promise<void>;
}

/** The books, to be changed. Throws as `openConnection` does. */
export async function openBooks(command: string, terminal: Terminal): Promise<Books> {
  const connection = await openConnection(command, terminal);
  const { place, close } = connection;
  return { runStore: postgresRunStore(connection), budgets: openBudgets(connection), place, close };
}

/** The budgets of a connection. Who is told of alerts is for the service to say. */
export function openBudgets(connection: Connection): Budgets {
  return createBudgets({ store: postgresBudgetStore(connection), configStore: postgresConfigStore(connection), registry });
}

/** The books, to be looked at: where nothing is kept yet, looking makes no folder. Throws as `openConnection` does. */
export async function openBooksToRead(command: string, terminal: Terminal): Promise<Books> {
  const { databaseUrl, folder } = readPlace();
  if (databaseUrl !== "" || isPrepared(folder)) return openBooks(command, terminal);
  await loadPglite();
  return {
    runStore: memoryRunStore(),
    budgets: createBudgets({ store: memoryBudgetStore(), configStore: memoryConfigStore() }),
    place: `${folder} (nothing is kept there yet)`,
    close: async () => undefined,
  };
}
