import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { readText, root } from "./code-block.ts";
import { readTable } from "./markdown-table.ts";

const folder = "src/testing/simulator";

/** The members of an interface, with what their doc comments say is the default. */
function readInterface(file: string, name: string): readonly { readonly name: string; readonly standard: string | undefined }[] {
  const source = ts.createSourceFile(join(root, folder, file), readText(`${folder}/${file}`), ts.ScriptTarget.Latest, true);
  const found = source.statements.find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name);
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`${file} has no interface ${name}`);
  return found.members.map((member) => {
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
    return { name: member.name?.getText() ?? "", standard: ts.getTextOfJSDocComment(tag?.comment) };
  });
}

describe("the simulator's tables", () => {
  it("have every option", () => {
    const options = readInterface("replicate-simulator-options.ts", "ReplicateSimulatorOptions").map(({ name }) => name);
    expect(readTable("docs/simulator.md", "Options").map((row) => row.Option)).toEqual(options);
  });

  it("have every answer that is not established, and its default", () => {
    const behaviour = readInterface("unestablished-behaviour.ts", "UnestablishedBehaviour");
    const rows = readTable("docs/simulator.md", "What is not established");
    expect(rows.map((row) => [row.Option, row.Default])).toEqual(behaviour.map(({ name, standard }) => [name, standard]));
  });

  it("have every kind of fault and every call that it can befall", () => {
    const source = readText(`${folder}/fault.ts`);
    const kinds = [...source.matchAll(/readonly kind: "(\w+)"/g)].map(([, kind]) => kind);
    expect(readTable("docs/simulator.md", "Faults").map((row) => row.Kind)).toEqual(kinds);
    const targets = /FaultTarget = (.*);/.exec(source)?.[1]?.match(/\w+/g) ?? [];
    const section = readText("docs/simulator.md").split("\n## Faults\n")[1]?.split("\n## ")[0];
    for (const target of targets) expect(section).toContain(`\`${target}\``);
  });
});
