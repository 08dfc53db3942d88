// A page: no types of Node.
import { FluxKontextConfig, ModelId, parseModelConfig, registry } from "restage/models";

export const config: FluxKontextConfig = parseModelConfig(ModelId.FluxKontextPro, {}).with({ safety_tolerance: 2 });
export const { input } = registry
  .get(ModelId.FluxKontextPro)
  .buildInput({ prompt: "Add a sofa", imageUrl: "https://example.com/room.jpg", config });
// @ts-expect-error: the tolerance is a number
FluxKontextConfig.defaults().with({ safety_tolerance: "2" });
