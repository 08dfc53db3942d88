import { join } from "node:path";
import { tsImport } from "tsx/esm/api";

const root = join(import.meta.dirname, "../..");

/** An example as a module of its own, as a reader would import it; imported twice it is there twice, like a function that is started twice. */
export async function importExample<Module>(file: string): Promise<Module> {
  return tsImport(join(root, "examples", file), { parentURL: import.meta.url, tsconfig: join(root, "examples/tsconfig.json") });
}
