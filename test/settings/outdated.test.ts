import { expect, it } from "vitest";
import { cachedConfigStore } from "../../src/settings/cached-config-store.ts";
import { createSettings } from "../../src/settings/create-settings.ts";
import { request, setTheStage } from "../client/helpers.ts";
import { createGatedStore } from "./gated-store.ts";
import { qwen, write } from "./helpers.ts";
import { createManualClock } from "./manual-clock.ts";

it.each(["refuse", "last_good"] as const)("outdated settings say so on explain, plan and run, with %s", async (onInvalid) => {
  const clock = createManualClock();
  const gated = createGatedStore();
  await gated.inner.put("model_config_qwen", { modelId: qwen, config: { output_quality: 10 } }, write);
  const broken = {
    ...gated.store,
    getMany: (keys: readonly string[]) => (gated.isOpen ? gated.inner.getMany(keys) : Promise.reject(new Error("away"))),
  };
  const settings = createSettings({ store: cachedConfigStore(broken, { clock }), onInvalid });
  const { client } = await setTheStage({ settings });
  expect((await client.plan(request)).warnings).toEqual([]);
  const readAt = new Date(clock.now()).toISOString();
  gated.isOpen = false;
  await clock.advance(5_000);
  const warning = {
    severity: "warning",
    code: "outdated_settings",
    field: "settings",
    reason: `The settings could not be read: as they were at ${readAt}`,
    wayOut: "Bring their store back; they are then read again",
  };
  expect((await settings.explain()).warnings).toEqual([warning]);
  expect((await settings.config(qwen)).warnings).toEqual([warning]);
  expect((await client.plan(request)).warnings).toEqual([warning]);
  expect(await client.stage(request)).toMatchObject({ warnings: [warning], config: { output_quality: 10 } });
  gated.isOpen = true;
  await clock.advance(1_000);
  expect((await client.stage(request)).warnings).toEqual([]);
});
