import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { embedPage } from "../../src/admin/page/embed-page.ts";
import { toVirtualFile } from "./check-types.ts";
import { type CodeBlock, readDocumentBlocks, root } from "./code-block.ts";

/**
 * Runs the ts blocks of documents in a copy of the sources, offline and without a token. A `text` block behind a ts block is what
 * that one prints. Gives one line for each block that fails or prints something else.
 */
export async function runBlocks(documents: readonly string[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "restage-docs-"));
  const results = toGroups(documents).map(async (group, index) => runGroup(group, join(folder, String(index))));
  try {
    return (await Promise.all(results)).flat();
  } finally {
    await Promise.allSettled(results);
    await rm(folder, { recursive: true, force: true });
  }
}

// A document whose blocks are source files has a copy of its own: it changes what the library exports.
function toGroups(documents: readonly string[]): readonly (readonly CodeBlock[])[] {
  const blocks = documents.map(readDocumentBlocks);
  const changesSources = (ofDocument: readonly CodeBlock[]) => ofDocument.some((block) => toVirtualFile(block).path.startsWith("src/"));
  return [...blocks.filter(changesSources), blocks.filter((ofDocument) => !changesSources(ofDocument)).flat()];
}

async function runGroup(blocks: readonly CodeBlock[], folder: string): Promise<readonly string[]> {
  await copySources(folder);
  const files = blocks.filter(({ language }) => language === "ts").map(toVirtualFile);
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await writeFile(join(folder, "run.ts"), toRunner(files.map(({ path }) => path)));
  const printed = await run(folder);
  return files.flatMap(({ block, path }) => compare(block, blocks, printed[path] ?? "(did not run)"));
}

async function copySources(folder: string): Promise<void> {
  await cp(join(root, "src"), join(folder, "src"), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  for (const file of ["package.json", "tsconfig.json"]) await cp(join(root, file), join(folder, file));
  const { compilerOptions } = JSON.parse(await readFile(join(root, "examples/tsconfig.json"), "utf8"));
  const paths = Object.entries<readonly string[]>(compilerOptions.paths).map(([name, [path]]) => [name, [path?.replace("../", "./")]]);
  const options = { extends: "./tsconfig.json", compilerOptions: { paths: Object.fromEntries(paths) }, include: ["."] };
  await writeFile(join(folder, "tsconfig.run.json"), JSON.stringify(options));
}

// The process imports block after block, keeps what each prints, and lets nothing leave the machine.
function toRunner(paths: readonly string[]): string {
  return `
    import { format } from "node:util";
    const realFetch = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const { hostname } = new URL(input instanceof Request ? input.url : input);
      if (hostname !== "127.0.0.1") throw new Error("a document's code asked the network for " + hostname);
      return realFetch(input, init);
    };
    const printed = {};
    const print = console.log;
    const blocks = { ${paths.map((path) => `${JSON.stringify(path)}: () => import(${JSON.stringify(`./${path}`)})`).join(", ")} };
    for (const path in blocks) {
      const lines = [];
      console.log = (...values) => { lines.push(format(...values)); };
      try {
        await blocks[path]();
        printed[path] = lines.join("\\n");
      } catch (error) {
        printed[path] = "(failed) " + format(error);
      }
    }
    print(JSON.stringify(printed));
    process.exit(0);
  `;
}

async function run(folder: string): Promise<Readonly<Record<string, string>>> {
  const { REPLICATE_API_TOKEN: _, ...env } = process.env;
  const options = { cwd: folder, env: { ...env, NO_COLOR: "1" } };
  await build({
    absWorkingDir: folder,
    entryPoints: ["run.ts"],
    outfile: join(folder, "run.mjs"),
    tsconfig: join(folder, "tsconfig.run.json"),
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    plugins: [embedPage],
    logLevel: "error",
  });
  const { stdout } = await promisify(execFile)(process.execPath, ["run.mjs"], options);
  return JSON.parse(stdout);
}

function compare(block: CodeBlock, blocks: readonly CodeBlock[], printed: string): readonly string[] {
  const next = blocks[blocks.indexOf(block) + 1];
  const expected = next?.language === "text" ? next.code.trimEnd() : undefined;
  const where = `${block.file}:${block.line}`;
  if (printed.startsWith("(")) return [`${where}: ${printed}`];
  return expected === undefined || expected === printed.trimEnd() ? [] : [`${where}: prints\n${printed}\ninstead of\n${expected}`];
}
