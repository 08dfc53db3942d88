import { ModelId, parseModelConfig, RestageError, registry } from "restage/models";

const nodeOnly = ["process", "Buffer", "require", "module", "global"].filter((name) => name in globalThis);
const config = parseModelConfig(ModelId.FluxKontextPro, { safety_tolerance: 2 });
const { input } = registry
  .get(ModelId.FluxKontextPro)
  .buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg", config });

export const result = [
  nodeOnly.length === 0,
  input.safety_tolerance === 2,
  isRefused("qwen/none", {}),
  isRefused(ModelId.Seedream4, { width: 1 }),
].every(Boolean)
  ? "ok"
  : JSON.stringify({ nodeOnly, input });

function isRefused(modelId, values) {
  try {
    parseModelConfig(modelId, values);
    return false;
  } catch (error) {
    return RestageError.is(error);
  }
}
