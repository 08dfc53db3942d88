import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";
import { rollup } from "rollup";
import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

const entry = (folder: string) => join(folder, "one-model.js");
const external = ["zod"];
const otherModels = /flux|seedream|bytedance|safety_tolerance|guidance_scale/i;

test("esbuild bundles one model without the others", async () => {
  const { folder } = createConsumer("browser", external);
  const { outputFiles } = await build({ entryPoints: [entry(folder)], bundle: true, format: "esm", external, write: false });
  const code = await withoutComments(outputFiles[0]?.text ?? "");
  expect(code).toContain("qwen/qwen-image-edit");
  expect(code).not.toMatch(otherModels);
});

test("rollup bundles one model without the others", async () => {
  const { folder } = createConsumer("browser", external);
  const packageFolder = join(folder, "node_modules/restage");
  const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const bundle = await rollup({
    input: entry(folder),
    external,
    plugins: {
      name: "resolve-restage",
      // Stands for the resolver plugin: it too takes the door from `exports`, and heeds `sideEffects` for every file of the package.
      resolveId: (id, importer = "") => {
        const from = importer.startsWith(packageFolder) ? dirname(importer) : packageFolder;
        const target = id === "restage/models" ? manifest.exports["./models"].import.default : id;
        return target.startsWith(".") ? { id: join(from, target), moduleSideEffects: manifest.sideEffects } : null;
      },
    },
  });
  const code = await withoutComments((await bundle.generate({ format: "esm" })).output[0].code);
  await bundle.close();
  expect(code).toContain("qwen/qwen-image-edit");
  expect(code).not.toMatch(otherModels);
});

async function withoutComments(code: string): Promise<string> {
  return (await transform(code, { minifyWhitespace: true, legalComments: "none" })).code;
}
