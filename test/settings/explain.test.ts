import { expect, it } from "vitest";
import { InvalidConfigError } from "../../src/errors/invalid-config-error.ts";
import { InvalidStoredSettingError } from "../../src/errors/invalid-stored-setting-error.ts";
import { QwenConfig } from "../../src/models/qwen-config.ts";
import { pro, qwen, rejection, settingsWith, write } from "./helpers.ts";

it("tells where the model and every value come from, as plain JSON", async () => {
  const { settings } = await settingsWith();
  await settings.setActive(pro, write);
  await settings.saveConfig(pro, { output_format: "jpg", output_quality: 50 }, write);
  await settings.saveConfig(pro, { safety_tolerance: 2 }, { ...write, projectId: "p" });
  await settings.pause({ ...write, projectId: "p", reason: "audit" });
  const explanation = await settings.explain({ projectId: "p", config: { seed: 7 } });
  expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  expect(explanation).toMatchObject({ projectId: "p", modelId: pro, modelOrigin: "global", modelVersion: 1, pause: { reason: "audit" } });
  expect(explanation.fields).toEqual(
    [
      ["aspect_ratio", "match_input_image", "default", null, true, "The model's default."],
      ["output_format", "jpg", "global", 1, true, null],
      ["safety_tolerance", 2, "project", 1, true, null],
      ["prompt_upsampling", false, "default", null, true, "The model's default."],
      ["num_outputs", 1, "default", null, false, "The model publishes no such input: not sent, no effect."],
      ["output_quality", 50, "global", 1, false, expect.stringContaining("no effect. Remove it")],
      ["seed", 7, "request", null, true, null],
    ].map(([field, value, origin, version, sent, note]) => ({ field, value, origin, version, sent, note })),
  );
  expect(explanation.warnings).toHaveLength(1);
});

it("explains another model than the active one, with a whole config", async () => {
  const { settings } = await settingsWith({ model_config_qwen: { modelId: qwen, config: { seed: 42 } } });
  const { modelOrigin, modelVersion, fields } = await settings.explain({ modelId: qwen, config: QwenConfig.defaults() });
  expect([modelOrigin, modelVersion]).toEqual(["request", null]);
  expect(fields.find(({ field }) => field === "seed")).toMatchObject({
    value: null,
    origin: "request",
    note: "Unset: the model decides.",
  });
});

it("throws what a staging would", async () => {
  const { settings } = await settingsWith({ model_config_qwen: { modelId: qwen, config: { seed: "42" } } });
  expect(InvalidStoredSettingError.is(await rejection(settings.explain()))).toBe(true);
  expect(InvalidConfigError.is(await rejection(settings.explain({ config: { output_quality: 900, seed: 1 } })))).toBe(true);
  expect((await settings.explain({ config: { seed: 1 } })).modelOrigin).toBe("default");
});
