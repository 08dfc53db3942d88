import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

// Not import.meta.dirname: who bundles the build's own configuration knows only the address.
const folder = fileURLToPath(new URL(".", import.meta.url));

/** React's names for what Preact does. */
const preactForReact: Plugin = {
  name: "preact-for-react",
  setup({ onResolve, resolve }) {
    const names: Readonly<Record<string, string>> = {
      react: "preact/compat",
      "react-dom": "preact/compat",
      "react/jsx-runtime": "preact/jsx-runtime",
    };
    onResolve({ filter: /^react(-dom|\/jsx-runtime)?$/ }, ({ path, ...rest }) =>
      resolve(names[path] as string, { ...rest, resolveDir: folder }),
    );
    onResolve({ filter: /^markdown-to-jsx/ }, () => ({ path: join(folder, "markdown.ts") }));
  },
};

/** Builds the page. Gives its files by name: `index.html`, `app.js`, `app.css` and the parts that are loaded later. */
export async function buildPage(): Promise<Readonly<Record<string, string>>> {
  const { outputFiles } = await build({
    entryPoints: { app: join(folder, "main.tsx") },
    outdir: join(folder, "assets"),
    write: false,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [preactForReact],
    tsconfigRaw: {},
    legalComments: "none",
    logLevel: "warning",
  });
  const html = await readFile(join(folder, "index.html"), "utf8");
  const assets = outputFiles.map(({ path, text }) => [path.slice(join(folder, "assets").length + 1), text] as const);
  return Object.fromEntries([["index.html", html], ...assets]);
}
