import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";

let imports = 0;

/** An example as a module of its own, as a reader would import it; imported twice it is there twice, like a function that is started twice. */
export async function importExample<Module>(file: string): Promise<Module> {
  const url = pathToFileURL(join(inject("programs"), "examples", file.replace(/\.ts$/, ".mjs")));
  return import(`${url}?${++imports}`);
}
