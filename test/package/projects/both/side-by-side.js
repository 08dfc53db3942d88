import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as esm from "restage";
import * as esmModels from "restage/models";

const require = createRequire(import.meta.url);
const cjs = require("restage");
const cjsModels = require("restage/models");

const ask = { prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg" };
const builds = [
  [esm, cjs],
  [cjs, esm],
  [esmModels, cjsModels],
  [cjsModels, esmModels],
  [esm, esmModels],
  [cjs, cjsModels],
];

assert.deepEqual(Object.keys(esm).toSorted(), Object.keys(cjs).toSorted());
assert.deepEqual(Object.keys(esmModels).toSorted(), Object.keys(cjsModels).toSorted());
assert.notEqual(esm.registry, cjs.registry);

for (const [one, other] of builds) {
  for (const { id } of one.registry.list()) {
    assert.deepEqual(one.registry.describe?.(id), other.registry.describe?.(id));
    const config = one.parseModelConfig(id, {}).with({ seed: 7 });
    const asked = other.registry.get(id).capabilities.takesPhoto ? { ...ask, config } : { prompt: ask.prompt, config };
    assert.deepEqual(other.registry.get(id).buildInput(asked).input, one.registry.get(id).buildInput(asked).input);
  }

  const error = caught(() => one.parseModelConfig("qwen/qwen-image-edit", { colour: "red" }));
  assert.ok(other.RestageError.is(error));
  assert.ok(error instanceof one.InvalidConfigError);

  // A model of one build in the registry of the other.
  const registry = other.createRegistry([]).register(one.registry.get("qwen/qwen-image-edit"));
  assert.ok(registry.get("qwen/qwen-image-edit").buildInput(ask).input.image);
}

function caught(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}
console.log("ok");
