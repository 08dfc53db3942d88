import { readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

const doors = { index: "src/index.ts", "models/index": "src/models/index.ts", "testing/index": "src/testing/index.ts" };
// An entry of its own for each model, so that importing one bundles no other.
const models = [...readFileSync("src/models/models.ts", "utf8").matchAll(/"\.\/(.+)\.ts"/g)].map(([, name]) => `models/${name}`);
const modelEntries = Object.fromEntries(models.map((name) => [name, `src/${name}.ts`]));
const shared: Options = { target: "node20", splitting: true, treeshake: false, removeNodeProtocol: false };

export default defineConfig([
  { ...shared, entry: { ...doors, ...modelEntries }, format: "esm" },
  {
    ...shared,
    entry: doors,
    format: "cjs",
    // ky is ESM only: the CommonJS build carries it inside, for runtimes that cannot require ESM (jest on Node 20).
    noExternal: ["ky"],
    // jest has no import() in CommonJS either: require() takes its place.
    esbuildOptions: (options) => {
      options.supported = { "dynamic-import": false };
    },
  },
  { ...shared, entry: { cli: "src/cli/main.ts" }, format: "esm", noExternal: ["citty"], banner: { js: "#!/usr/bin/env node" } },
  { entry: doors, format: ["esm", "cjs"], dts: { only: true } },
]);
