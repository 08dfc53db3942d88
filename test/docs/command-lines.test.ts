import { expect, it } from "vitest";
import type { Command } from "../../src/cli/command.ts";
import { demoCommand } from "../../src/cli/demo-command.ts";
import { modelsCommand } from "../../src/cli/models-command.ts";
import { commonOptions } from "../../src/cli/parse-command-line.ts";
import { stageCommand } from "../../src/cli/stage-command.ts";
import { documents, readDocumentBlocks, readText } from "./code-block.ts";

const commands: readonly Command[] = [modelsCommand, stageCommand, demoCommand];
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
    const command = commands.find(({ name }) => name === line.split(" ")[2]);
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
