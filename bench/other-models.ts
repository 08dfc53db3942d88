import { build } from "esbuild";
import type { Measurement } from "./measurement.ts";

/** How many of the other models a bundle of one model carries. */
export async function measureOtherModels(): Promise<readonly Measurement[]> {
  const { ModelId } = await import("../src/models/index.ts");
  const { outputFiles } = await build({
    stdin: { contents: 'export { qwenImageEdit } from "./dist/models/index.js";', resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: "esm",
    external: ["zod"],
    write: false,
  });
  const code = outputFiles[0]?.text ?? "";
  const others = Object.values(ModelId).filter((id) => id !== ModelId.QwenImageEdit && code.includes(id));
  return [{ name: "other models in a bundle of one model", value: others.length, unit: "models", limit: { atMost: 0 } }];
}
