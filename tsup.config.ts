import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { defineConfig, type Options } from "tsup";
import { embedPage } from "./src/admin/page/embed-page.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

const entry = {
  index: "src/index.ts",
  "models/index": "src/models/index.ts",
  "zod3/index": "src/zod3/index.ts",
  "images/index": "src/images/index.ts",
  "postgres/index": "src/stores/postgres/index.ts",
  "books/index": "src/books/index.ts",
  "admin/index": "src/admin/index.ts",
  "testing/index": "src/testing/index.ts",
};

// What esbuild makes of `import * as models` is a statement with an effect, by which a bundle of one model would hold all of them.
// An object of the same names has none. (An entry for each model would do, too, but a dozen files make a cold import slow.)
const listModelsByName: Plugin = {
  name: "list-models-by-name",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]src[\\/]models[\\/]registry\.ts$/ }, async ({ path }) => {
      const names = [...readFileSync("src/models/models.ts", "utf8").matchAll(/export \{ (\w+) \}/g)].map(([, name]) => name).join(", ");
      const asNamespace = 'import * as models from "./models.ts";';
      const code = await readFile(path, "utf8");
      if (!code.includes(asNamespace)) throw new Error(`${path} no longer holds ${asNamespace}`);
      return { contents: code.replace(asNamespace, `import { ${names} } from "./models.ts"; const models = { ${names} };`), loader: "ts" };
    }),
};

const shared: Options = { target: "node20", splitting: true, treeshake: false, removeNodeProtocol: false };

export default defineConfig([
  { ...shared, entry, format: "esm", esbuildPlugins: [listModelsByName, embedPage] },
  {
    ...shared,
    entry,
    format: "cjs",
    esbuildPlugins: [embedPage],
    // ky is ESM only: the CommonJS build carries it inside, for runtimes that cannot require ESM (jest on Node 20).
    noExternal: ["ky"],
    // jest has no import() in CommonJS either: require() takes its place.
    esbuildOptions: (options) => {
      options.supported = { "dynamic-import": false };
    },
  },
  { ...shared, entry: { cli: "src/cli/main.ts" }, format: "esm", esbuildPlugins: [embedPage], banner: { js: "#!/usr/bin/env node" } },
  { entry, format: ["esm", "cjs"], dts: { only: true } },
]);
