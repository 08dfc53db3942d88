// Tests what would be sent to each model, without a network and without a token.
//
//   npx tsx --tsconfig examples/tsconfig.json --test examples/offline-builder.test.ts
//
// "restage/models" loads no HTTP client. Any test runner will do; this one comes with Node.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyModel, FluxKontextConfig, InvalidInputError, ModelId, parseModelConfig, QwenConfig, registry } from "restage/models";

const prompt = "Furnish this living room in a Scandinavian style. Keep walls, windows and doors as they are.";
const imageUrl = "https://example.com/room.jpg";

test("each model that takes a photo gets it under its own key", () => {
  const keys = registry.list().flatMap((model: AnyModel) => {
    if (!model.capabilities.takesPhoto) return [];
    const { input } = model.buildInput({ prompt, imageUrl });
    assert.equal(input.prompt, prompt);
    return Object.keys(input).filter((name) => [input[name]].flat()[0] === imageUrl);
  });
  assert.deepEqual(keys.sort(), ["image", "image_input", "input_image", "input_image"]);
});

test("the config of a settings row is what is sent", () => {
  const stored = '{"go_fast": true, "aspect_ratio": "match_input_image", "output_format": "webp", "output_quality": 80}';
  const config = parseModelConfig(ModelId.QwenImageEdit, stored);
  const { input, warnings } = registry.get(ModelId.QwenImageEdit).buildInput({ prompt, imageUrl, config });
  assert.deepEqual(input, { prompt, image: imageUrl, go_fast: true, output_format: "webp", output_quality: 80 });
  assert.deepEqual(warnings, []);
});

test("a value that the model refuses is an error, before anything is paid", () => {
  const config = FluxKontextConfig.defaults().with({ output_format: "webp", safety_tolerance: 2 });
  assert.throws(
    () => registry.get(ModelId.FluxKontextPro).buildInput({ prompt, imageUrl, config }),
    (error) => InvalidInputError.is(error) && error.problems[0]?.field === "output_format",
  );
});

test("a value without effect is a warning", () => {
  const config = QwenConfig.defaults().with({ aspect_ratio: "16:9" });
  const { input, warnings } = registry.get(ModelId.QwenImageEdit).buildInput({ prompt, imageUrl, config });
  assert.equal("aspect_ratio" in input, false);
  assert.deepEqual(
    warnings.map(({ code, field }) => [code, field]),
    [["no_effect", "aspect_ratio"]],
  );
});

test("a model that takes no photo refuses one", () => {
  // @ts-expect-error the compiler refuses it as well
  assert.throws(() => registry.get(ModelId.Seedream3).buildInput({ prompt, imageUrl }), /takes no photo/);
});
