// Serves the forms of this folder: as they are, and under /strict/ with a strict Content-Security-Policy.
//
//   npx tsx --tsconfig examples/tsconfig.json examples/forms/serve.ts
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { build } from "esbuild";

const folder = import.meta.dirname;
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'";
const types: Readonly<Record<string, string>> = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };

const pages = (await readdir(folder)).filter((name) => name.endsWith(".html"));
const names = pages.map((page) => page.replace(".html", ""));
const sources = (await readdir(folder)).filter((file) => /\.tsx?$/.test(file) && names.includes(file.replace(/\.tsx?$/, "")));
const { outputFiles } = await build({
  entryPoints: sources.map((file) => join(folder, file)),
  bundle: true,
  format: "esm",
  jsx: "automatic",
  outdir: folder,
  write: false,
  logLevel: "warning",
});
const scripts = new Map(outputFiles.map(({ path, text }) => [path.slice(folder.length + 1), text]));

const server = createServer(async ({ url = "/" }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  const isStrict = pathname.startsWith("/strict/");
  const name = pathname.replace(/^\/(strict\/)?/, "") || "plain.html";
  const text = scripts.get(name) ?? ([...pages, "forms.css"].includes(name) ? await readFile(join(folder, name), "utf8") : undefined);
  if (text === undefined) return response.writeHead(404).end();
  const headers = { "content-type": types[extname(name)] ?? "text/plain", ...(isStrict && { "content-security-policy": policy }) };
  response.writeHead(200, headers).end(text);
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const page of pages) console.log(`${address}/${page}`);
});
