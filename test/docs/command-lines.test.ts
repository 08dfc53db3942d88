import { expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { commonOptions } from "../../src/cli/parse-command-line.ts";
import { documents, readDocumentBlocks, readText } from "./code-block.ts";

const all = commands.flatMap((entry) => ("commands" in entry ? entry.commands : entry));
const lines = documents.flatMap(readDocumentBlocks).flatMap(({ file, language, code }) =>
  language === "sh"
    ? code
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => ({ file, line }))
    : [],
);

it("every restage command line of the documents names a command and its options", () => {
  const ours = lines.filter(({ line }) => line.startsWith("npx restage "));
  expect(ours.length).toBeGreaterThan(3);
  for (const { line } of ours) {
    // The last one: `costs` is the beginning of `costs reconcile`.
    const command = all.findLast(({ name }) => `${line} `.startsWith(`npx restage ${name} `));
    expect(command, line).toBeDefined();
    const options = [...line.matchAll(/--([a-z-]+)/g)].map(([, name]) => name);
    expect(Object.keys({ ...command?.options, ...commonOptions }), line).toEqual(expect.arrayContaining(options));
  }
});

it("every npm script of the documents exists", () => {
  const { scripts } = JSON.parse(readText("package.json"));
  const named = lines.flatMap(({ line }) => [...line.matchAll(/npm (?:run )?(?!run|install)([a-z:-]+)/g)].map(([, name]) => name));
  expect(named).toEqual(expect.arrayContaining(["demo", "test"]));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});
