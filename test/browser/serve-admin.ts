import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type AdminHandlerOptions, createAdminHandler, toNodeListener } from "../../src/admin/index.ts";
import { type Budgets, createBudgets, memoryBudgetStore } from "../../src/books/index.ts";
import { StagingClient } from "../../src/client/staging-client.ts";
import type { AnyModel } from "../../src/model/model.ts";
import type { Registry } from "../../src/model/registry.ts";
import { registry as builtIn } from "../../src/models/registry.ts";
import type { NewRun } from "../../src/runs/run-store.ts";
import type { ConfigStore } from "../../src/settings/config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { createReplicateSimulator, type ReplicateSimulator } from "../../src/testing/index.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";

/** The admin page of a service over HTTP. */
export interface AdminServer {
  /** With a slash at its end. */
  readonly address: string;
  readonly settings: Settings<AnyModel>;
  /** What the settings stand on. */
  readonly configStore: ConfigStore;
  readonly budgets: Budgets;
  readonly replicate: ReplicateSimulator;
  /** Writes a run as of some days ago. */
  addRun(run: Partial<NewRun>, daysAgo: number): Promise<void>;
  close(): Promise<void>;
}

/** Whoever has a token is known by it; `reader` may only look. */
const authorize: AdminHandlerOptions["authorize"] = ({ headers }, permission) => {
  const name = /^Bearer (\w+)$/.exec(headers.get("authorization") ?? "")?.[1];
  if (name === undefined || (name === "reader" && permission !== "read")) return null;
  return { author: { name } };
};

/** Serves the real handler over real HTTP, with stores in memory and a simulated Replicate that is a hundred times as fast. */
export async function serveAdmin(registry: Registry = builtIn as unknown as Registry): Promise<AdminServer> {
  const replicate = await createReplicateSimulator({ seed: 1, timeScale: 0.01, models: registry.list() });
  const configStore = memoryConfigStore();
  const settings = createSettings<AnyModel>({ store: configStore, registry });
  const budgets = createBudgets({ store: memoryBudgetStore(), configStore });
  let daysAgo = 0;
  const runs = memoryRunStore({ clock: () => Date.now() - daysAgo * 86_400_000 });
  const client = new StagingClient<AnyModel>({ ...replicate.clientOptions, settings, runStore: runs });
  const server = createServer(toNodeListener(createAdminHandler<AnyModel>({ settings, runs, client, budgets, authorize })));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/`,
    settings,
    configStore,
    budgets,
    replicate,
    async addRun(run, ago) {
      daysAgo = ago;
      await runs.create(sampleRun(run)).finally(() => {
        daysAgo = 0;
      });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await client.close();
      await replicate.close();
    },
  };
}
