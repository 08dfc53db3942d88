// One line a model: ModelId and the registry follow from this list.

export { fluxKontextMax } from "./flux-kontext-max.ts";
export { fluxKontextPro } from "./flux-kontext-pro.ts";
export { qwenImageEdit } from "./qwen-image-edit.ts";
export { seedream3 } from "./seedream-3.ts";
export { seedream4 } from "./seedream-4.ts";
