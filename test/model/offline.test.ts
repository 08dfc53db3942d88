import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";

const door = "src/models/index.ts";
const projectFolder = join(import.meta.dirname, "../..");

const options = {
  bundle: true,
  format: "esm",
  platform: "browser",
  write: false,
  metafile: true,
  logLevel: "silent",
} as const satisfies BuildOptions;

async function bundle(code: string, more: BuildOptions = {}): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const stdin = { contents: code, resolveDir: projectFolder, loader: "ts" } as const;
  const { outputFiles, metafile } = await build({ ...more, ...options, absWorkingDir: projectFolder, stdin });
  return { text: outputFiles[0]?.text ?? "", metafile };
}

describe("the door of the models", () => {
  it("loads zod and nothing else: no ky, nothing of Node", async () => {
    const { metafile } = await bundle(`export * from "./${door}"`, { packages: "external" });
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect([...new Set(outside)]).toEqual(["zod"]);
  });

  it("loads no other room than models, model and errors", async () => {
    const { metafile } = await bundle(`export * from "./${door}"`, { packages: "external" });
    const rooms = Object.keys(metafile.inputs).map((path) => path.split("/").slice(0, 2).join("/"));
    expect([...new Set(rooms)].filter((room) => room !== "<stdin>").sort()).toEqual([
      "src/basics",
      "src/errors",
      "src/model",
      "src/models",
    ]);
  });

  it("bundles whole for a browser, where nothing of Node is found", async () => {
    const { metafile } = await bundle(`export * from "./${door}"`);
    const packages = Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    expect([...new Set(packages)]).toEqual(["zod"]);
  });

  it("brings one model without the others", async () => {
    const ids = {
      fluxKontextMax: "black-forest-labs/flux-kontext-max",
      fluxKontextPro: "black-forest-labs/flux-kontext-pro",
      qwenImageEdit: "qwen/qwen-image-edit",
      seedream3: "bytedance/seedream-3",
      seedream4: "bytedance/seedream-4",
    };
    for (const [name, id] of Object.entries(ids)) {
      const { text } = await bundle(`export { ${name} } from "./${door}"`, { packages: "external" });
      expect(Object.values(ids).filter((other) => text.includes(`id: "${other}"`))).toEqual([id]);
    }
  });

  // Edge runtimes forbid code from strings, and an input builder has no business on the network.
  it("builds inputs without network, and where code from strings is forbidden", async () => {
    const { text } = await bundle(`
      import { getConfigSchema, parseModelConfig, registry } from "./${door}";
      globalThis.fetch = () => { throw new Error("the network was asked"); };
      const imageUrl = "https://example.com/room.jpg";
      const built = registry.list().map((model) => {
        const config = parseModelConfig(model.id, { seed: 1, output_quality: 50 });
        getConfigSchema(model.id);
        return model.buildInput({ prompt: "Furnish", ...(model.capabilities.takesPhoto ? { imageUrl } : {}), config }).input.prompt;
      });
      console.log(built.join());
    `);
    const folder = await mkdtemp(join(tmpdir(), "restage-offline-"));
    try {
      const file = join(folder, "offline.mjs");
      await writeFile(file, text);
      const { stdout } = await promisify(execFile)(process.execPath, ["--disallow-code-generation-from-strings", file]);
      expect(stdout.trim()).toBe("Furnish,Furnish,Furnish,Furnish,Furnish");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
