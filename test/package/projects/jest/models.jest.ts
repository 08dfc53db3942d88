import { expect, test } from "@jest/globals";
import { FluxKontextConfig, InvalidConfigError, ModelId, parseModelConfig, registry } from "restage/models";

test("builds an input offline", () => {
  const config = FluxKontextConfig.defaults().with({ safety_tolerance: 2 });
  const { input, warnings } = registry
    .get(ModelId.FluxKontextPro)
    .buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg", config });
  expect(input.safety_tolerance).toBe(2);
  expect(warnings).toEqual([]);
});

test("tells every problem of a config", () => {
  expect(() => parseModelConfig(ModelId.QwenImageEdit, { output_quality: 101, colour: "red" })).toThrow(InvalidConfigError);
});
