import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the repository. */
export const root = join(import.meta.dirname, "../..");

/** A fenced block of a document or of a doc comment. */
export interface CodeBlock {
  /** The file that holds it, from the root. */
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  /** `title="src/models/x.ts"` in its info string: the block is that file. */
  readonly title: string | undefined;
  /** `add-to="src/models/models.ts"` in its info string: the block stands at the end of that file. */
  readonly addTo: string | undefined;
  readonly code: string;
}

/** Files under a folder of the root with this ending, from the root. */
export function listFiles(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(ending))
    .sort();
}

/** README and all of docs, from the root. */
export const documents: readonly string[] = ["README.md", ...listFiles("docs", ".md")];

/** A file of the repository as text. */
export function readText(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The fenced blocks of a Markdown document. */
export function readDocumentBlocks(file: string): readonly CodeBlock[] {
  return findBlocks(file, readText(file).split("\n"));
}

/** The fenced blocks of the doc comments of a source file. */
export function readCommentBlocks(file: string): readonly CodeBlock[] {
  let isComment = false;
  const lines = readText(file)
    .split("\n")
    .map((line) => {
      if (line.trimStart().startsWith("/**")) isComment = true;
      const text = isComment ? line.replace(/^\s*\* ?/, "") : "";
      if (line.includes("*/")) isComment = false;
      return text;
    });
  return findBlocks(file, lines);
}

function findBlocks(file: string, lines: readonly string[]): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly info: string; readonly start: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence === null) continue;
    if (open === undefined) {
      open = { info: fence[1] ?? "", start: index + 1 };
      continue;
    }
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(open?.info ?? "")?.[1];
    blocks.push({
      file,
      line: open.start + 1,
      language: open.info.split(" ")[0] ?? "",
      title: attribute("title"),
      addTo: attribute("add-to"),
      code: `${lines.slice(open.start, index).join("\n")}\n`,
    });
    open = undefined;
  }
  if (open !== undefined) throw new Error(`${file}:${open.start}: the block is never closed`);
  return blocks;
}
