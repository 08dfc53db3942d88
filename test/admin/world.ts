import { createAdminHandler } from "../../src/admin/index.ts";
import type { Route } from "../../src/admin/route.ts";
import { routes } from "../../src/admin/routes.ts";
import { createBudgets } from "../../src/books/budget/create-budgets.ts";
import { memoryBudgetStore } from "../../src/books/budget/memory-budget-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { memoryRunStore } from "../../src/stores/memory/memory-run-store.ts";
import { sampleRun } from "../../src/testing/run-store-cases/sample-run.ts";
import { setTheStage, tinyPng, toDataUrl } from "../client/helpers.ts";
import { authorize, pro, qwen } from "./helpers.ts";

const author = { name: "Ada Lovelace" };
const price = { per: "output_image", microUsd: 25_000, asOf: "2026-11-20", source: "our contract" } as const;

/** A service in which there is something behind every endpoint, each setting at version 2. */
export async function createWorld() {
  const store = memoryConfigStore();
  const settings = createSettings({ store });
  const runs = memoryRunStore();
  const { client, simulator } = await setTheStage({ settings, runStore: runs });
  const budgets = createBudgets({ store: memoryBudgetStore(), configStore: store });
  for (const projectId of [undefined, "villa-12"]) await fill(settings, projectId);
  for (const microUsd of [25_000, 26_000]) await settings.setPrice(pro, { ...price, microUsd }, { author });
  await budgets.set({ id: "all", period: "month", limitMicroUsd: 1_000_000 }, { author });
  const { run } = await runs.create(sampleRun({ id: "run_1", state: "succeeded" }));
  const errors: unknown[] = [];
  const allowedOrigins = ["https://panel.example.com"];
  const handle = createAdminHandler({
    settings,
    runs,
    client,
    budgets,
    authorize,
    allowedOrigins,
    page: false,
    onError: (error) => errors.push(error),
  });

  /** All that could have changed, as text. */
  async function state(): Promise<string> {
    const [trail, all] = await Promise.all([settings.trail({ limit: 1_000 }), runs.list({ limit: 1_000 })]);
    return JSON.stringify({ trail, all, asked: simulator.requests.length });
  }

  return { settings, handle, errors, state, samples: () => toSamples(run.version) };
}

async function fill(settings: Settings, projectId: string | undefined): Promise<void> {
  const write = { author, projectId };
  await settings.setActive(pro, write);
  await settings.setActive(qwen, write);
  for (const safety_tolerance of [1, 2]) await settings.saveConfig(pro, { safety_tolerance }, write);
  // Ended and begun anew: no staging is paused, and there is something to go back to.
  await settings.pause({ ...write, reason: "Moving house" });
  await settings.unpause(write);
}

/** A request that an endpoint takes. */
export interface Sample {
  readonly route: Route;
  readonly path: string;
  readonly body: unknown;
  /** What a change has to stand on. */
  readonly version: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function toSamples(runVersion: number): readonly Sample[] {
  return routes.map((route) => {
    const parts: Readonly<Record<string, string>> = {
      model: pro,
      project: "villa-12",
      run: "run_1",
      index: "0",
      budget: "all",
      file: "x.js",
    };
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? "");
    const body = route.body === undefined ? undefined : toBody(route);
    return { route, path, body, version: toVersion(route, runVersion), headers: path === "try" ? { "idempotency-key": "press-0001" } : {} };
  });
}

function toBody({ path, method }: Route): unknown {
  const trial = { modelId: pro, config: {} };
  if (path.endsWith("/rollback")) return { version: 1 };
  if (path.endsWith("/reset") || method === "DELETE") return { note: "x" };
  if (path.endsWith("pause")) return { reason: "Moving house" };
  if (path.endsWith("/model")) return { modelId: pro };
  if (path.endsWith("/config")) return { values: { safety_tolerance: 3 } };
  if (path.endsWith("/price")) return { price };
  if (path.endsWith("/feedback")) return { accepted: true };
  if (path.startsWith("budgets")) return { period: "month", limitMicroUsd: 2_000_000 };
  return path === "try" ? { ...trial, image: toDataUrl(tinyPng), room: "living_room", style: "modern" } : trial;
}

function toVersion({ changes, path }: Route, runVersion: number): number | undefined {
  if (changes === undefined) return undefined;
  if (changes === "record") return path.startsWith("runs/") ? runVersion : 1;
  return path.includes("pause") ? 0 : 2;
}
