import { describe, expect, it } from "vitest";
import { checkTypes, toVirtualFile } from "./check-types.ts";
import { documents, listFiles, readCommentBlocks, readDocumentBlocks } from "./code-block.ts";
import { runBlocks } from "./run-blocks.ts";

const documentBlocks = documents.flatMap(readDocumentBlocks);
const commentBlocks = listFiles("src", ".ts").flatMap(readCommentBlocks);
const codeBlocks = [...documentBlocks, ...commentBlocks].filter(({ language }) => language === "ts");

/** Documents whose code runs as it stands: without a token and without a network. */
const runnable = [
  "docs/guides/adding-a-model.md",
  "docs/model-registry.md",
  "docs/forms.md",
  "docs/model-settings.md",
  "docs/simulator.md",
  "docs/errors.md",
  "docs/costs.md",
  "docs/budgets.md",
  "docs/guides/zod-3-schemas.md",
];

describe("the code of the documents", () => {
  it("is found", () => {
    expect(documentBlocks.length).toBeGreaterThan(10);
    expect(commentBlocks.length).toBeGreaterThan(10);
    expect(new Set(codeBlocks.map(({ file }) => file)).size).toBeGreaterThan(10);
  });

  it("says its language", () => {
    const languages = ["ts", "text", "sh", "json"];
    const others = [...documentBlocks, ...commentBlocks].filter(({ language }) => !languages.includes(language));
    expect(others.map(({ file, line, language }) => `${file}:${line}: ${language}`)).toEqual([]);
  });

  it("type-checks", { timeout: 60_000 }, () => {
    const files = codeBlocks.map(toVirtualFile);
    // Blocks that are source files of a guide are a world of their own: they change what the library exports.
    const isOfSource = ({ path }: { readonly path: string }) => path.startsWith("src/");
    const guides = new Set(files.filter(isOfSource).map(({ block }) => block.file));
    const plain = files.filter(({ block }) => !guides.has(block.file));
    const perGuide = [...guides].map((guide) => files.filter(({ block }) => block.file === guide));
    expect([plain, ...perGuide].flatMap(checkTypes)).toEqual([]);
  });

  it("runs and prints what it says", { timeout: 60_000 }, async () => {
    expect(await runBlocks(runnable)).toEqual([]);
  });
});
