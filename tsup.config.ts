import { defineConfig, type Options } from "tsup";

// One entry a model file, so that importing one model bundles no other.
const doors = ["src/index.ts", "src/models/*.ts", "src/testing/index.ts"];
const types = { entry: { index: "src/index.ts", "models/index": "src/models/index.ts", "testing/index": "src/testing/index.ts" } };
const shared: Options = { target: "node20", splitting: true, treeshake: false, sourcemap: false, clean: false };

export default defineConfig([
  { ...shared, entry: doors, format: "esm", dts: types },
  // ky is ESM only: the CommonJS build carries it inside, for runtimes that cannot require ESM (jest on Node 20).
  { ...shared, entry: doors, format: "cjs", dts: types, noExternal: ["ky"] },
  { ...shared, entry: { cli: "src/cli/main.ts" }, format: "esm", noExternal: ["citty"], banner: { js: "#!/usr/bin/env node" } },
]);
