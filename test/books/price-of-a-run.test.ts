import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/model/define-model.ts";
import type { Price } from "../../src/model/price.ts";
import { fluxKontextPro } from "../../src/models/flux-kontext-pro.ts";
import { registry } from "../../src/models/registry.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { memoryConfigStore } from "../../src/stores/memory/memory-config-store.ts";
import { pro, qwen, rejection, request, setTheStage } from "../client/helpers.ts";
import { author } from "../settings/helpers.ts";

const own: Price = { per: "output_image", microUsd: 25_000, asOf: "2026-11-20", source: "our contract" };
const bySecond: Price = { ...own, per: "second", microUsd: 1_400 };
const write = { author };

it("is the owner's, in the plan, in the run, and in what the run costs", async () => {
  const settings = createSettings({ store: memoryConfigStore() });
  await settings.setPrice(qwen, own, write);
  const { client, run } = await setTheStage({ settings });
  expect(await client.plan(request)).toMatchObject({ price: own, estimate: { microUsd: 25_000, priceVersion: "2026-11-20" } });
  const staged = await client.stage(request);
  expect(staged.cost).toEqual({ microUsd: 25_000, basis: "table", priceVersion: "2026-11-20", outputs: 1 });
  expect(await run()).toMatchObject({ price: own, estimate: { microUsd: 25_000 }, cost: staged.cost });
});

it("is the one that was in force when it was planned, whatever changes before it is settled", async () => {
  const settings = createSettings({ store: memoryConfigStore() });
  const { client, another } = await setTheStage({ settings });
  const { id } = await client.start(request);
  await settings.setPrice(qwen, own, write);
  const dearer = registry.replace(defineModel({ ...registry.get(qwen), price: { ...own, microUsd: 9_000_000 } }));
  const later = another({ settings: createSettings({ store: memoryConfigStore(), registry: dearer as never }) });
  expect((await later.wait(id)).cost).toMatchObject({ microUsd: 30_000, priceVersion: "2026-11" });
  expect((await client.stage(request)).cost).toMatchObject({ microUsd: 25_000 });
});

it("by the second, is for the seconds that Replicate measured, also where the image comes before the end", async () => {
  const settings = createSettings({ store: memoryConfigStore() });
  await settings.setPrice(pro, bySecond, write);
  const { client, run } = await setTheStage({ settings }, { behaviour: { processingOutput: "complete" } });
  const asked = { ...request, modelId: pro } as const;
  expect((await client.plan(asked)).estimate.microUsd).toBe((1_400 * fluxKontextPro.usualDurationMs) / 1000);
  await client.stage(asked);
  const { attempts, cost } = await run();
  const seconds = attempts[0]?.predictTimeSeconds ?? 0;
  expect(seconds).toBeGreaterThan(0);
  expect(cost).toMatchObject({ microUsd: Math.ceil(Number((1_400 * seconds).toFixed(6))), outputs: 1 });
});

describe("of a prediction that failed", () => {
  it.each<[string, Price["failed"], number | null]>([
    ["is unknown where the price says nothing", undefined, null],
    ["is nothing where failures are free", "free", 0],
    ["is the whole price where they are charged", "charged", 25_000],
  ])("%s", async (_, failed, microUsd) => {
    const settings = createSettings({ store: memoryConfigStore() });
    await settings.setPrice(qwen, { ...own, ...(failed && { failed }) }, write);
    const { client, simulator, run } = await setTheStage({ settings }, { behaviour: { chargesFailed: failed === "charged" } });
    simulator.outcomes.add({ error: "Prediction failed" });
    expect(await rejection(client.stage(request))).toMatchObject({ code: "prediction_failed" });
    expect((await run()).cost).toMatchObject({ microUsd, basis: "table" });
  });
});

it("that cannot be used stops the staging, before anything is sent", async () => {
  const store = memoryConfigStore();
  await store.put("price_qwen", { modelId: qwen, price: { ...own, microUsd: -1 } }, write);
  const { client, simulator } = await setTheStage({ settings: createSettings({ store }) });
  expect(await rejection(client.stage(request))).toMatchObject({ code: "invalid_stored_setting", key: "price_qwen" });
  expect(simulator.requests).toEqual([]);
});
