import assert from "node:assert/strict";
import { InvalidConfigError, ModelId, parseModelConfig, QwenConfig, registry } from "restage/models";

const config = parseModelConfig(ModelId.QwenImageEdit, '{"output_format": "png"}');
const { input } = registry
  .get(ModelId.QwenImageEdit)
  .buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg", config });

assert.equal(input.output_format, "png");
assert.equal(input.image, "https://example.com/room.jpg");
assert.equal(QwenConfig.defaults().go_fast, true);
assert.throws(() => parseModelConfig(ModelId.QwenImageEdit, { output_quality: 101, colour: "red" }), InvalidConfigError);
console.log("ok");
