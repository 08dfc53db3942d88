import { posix } from "node:path";
import ts from "typescript";
import { type CodeBlock, readText, root } from "./code-block.ts";

/** A file that exists only for the compiler, and the block that it is. */
export interface VirtualFile {
  /** From the root. */
  readonly path: string;
  readonly text: string;
  readonly block: CodeBlock;
  /** The line of the text at which the block begins, from 0. */
  readonly offset: number;
}

/** A block as a file: under its title, at the end of the file that it adds to, or in a folder of its document. */
export function toVirtualFile(block: CodeBlock): VirtualFile {
  const { file, line, title, addTo, code } = block;
  if (addTo !== undefined) {
    const before = readText(addTo);
    return { path: addTo, text: before + code, block, offset: before.split("\n").length - 1 };
  }
  const folder = `.doc-blocks/${file.replaceAll("/", "__")}`;
  const isSource = title?.startsWith("src/") === true;
  return { path: isSource ? title : `${folder}/${title ?? `block-${line}.ts`}`, text: code, block, offset: 0 };
}

const sources = new Map<string, ts.SourceFile | undefined>();

/** Type-checks files that do not exist, in one program. Gives one line for each error, with file and line of the block. */
export function checkTypes(files: readonly VirtualFile[]): readonly string[] {
  const options = readOptions();
  const host = ts.createCompilerHost(options);
  const byPath = new Map(files.map((file) => [posix.join(root, file.path), file]));
  const folders = new Set([...byPath.keys()].map((path) => posix.dirname(path)));
  const { fileExists, readFile, directoryExists, getSourceFile } = host;
  host.fileExists = (path) => byPath.has(path) || fileExists(path);
  host.readFile = (path) => byPath.get(path)?.text ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists?.(path) === true;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const virtual = byPath.get(path);
    if (virtual !== undefined) return ts.createSourceFile(path, virtual.text, languageVersion, true);
    if (!sources.has(path)) sources.set(path, getSourceFile(path, languageVersion, ...rest));
    return sources.get(path);
  };
  const program = ts.createProgram([...byPath.keys()], options, host);
  return [...byPath].flatMap(([path, file]) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((diagnostic) => toLine(diagnostic, file));
  });
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(posix.join(root, "examples/tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, posix.join(root, "examples"));
  // Blocks without an import are modules, too.
  return { ...options, moduleDetection: ts.ModuleDetectionKind.Force };
}

function toLine({ file, start = 0, messageText }: ts.Diagnostic, { block, offset }: VirtualFile): string {
  const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) - offset;
  return `${block.file}:${block.line + line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
