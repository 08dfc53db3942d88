import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "node_modules");

/** A package of `faults/package.json`. Its name is no literal: it need not be there when the compiler runs. */
export async function loadPackage<Shape>(name: string): Promise<Shape> {
  return (await import(name)) as Shape;
}

/** The version of it that is installed; `"none"` where it is not. */
export function readInstalledVersion(name: string): string {
  try {
    return JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")).version;
  } catch {
    return "none";
  }
}
