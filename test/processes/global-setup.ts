import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import type { TestProject } from "vitest/node";
import { embedPage } from "../../src/admin/page/embed-page.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the programs are that tests start as processes of their own, as `<name>.mjs`, and the examples, as `examples/<name>.mjs`. */
    programs: string;
  }
}

const root = join(import.meta.dirname, "../..");
const programs = [
  "src/cli/main.ts",
  "test/books/budget-worker.ts",
  "test/cli/storage/folder-contender.ts",
  "test/stores/postgres/limiter-worker.ts",
  "test/stores/postgres/migrate-worker.ts",
  "test/stores/postgres/run-store-worker.ts",
];

/** Builds them once for the whole run: a process then starts in a fraction of the time that its sources take. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Below node_modules, where packages are found from.
  const folder = join(root, `node_modules/.cache/restage-programs-${process.pid}`);
  const shared: BuildOptions = {
    bundle: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    packages: "external",
    plugins: [embedPage],
    logLevel: "error",
  };
  const entryPoints = programs.map((path) => join(root, path));
  await build({ ...shared, entryPoints, entryNames: "[name]", outdir: folder, splitting: true });
  // Each is whole: imported twice, it is there twice.
  const examples = (await readdir(join(root, "examples")))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(root, "examples", name));
  const tsconfig = join(root, "examples/tsconfig.json");
  await build({ ...shared, entryPoints: examples, outdir: join(folder, "examples"), tsconfig });
  provide("programs", folder);
  return () => rm(folder, { recursive: true, force: true });
}
