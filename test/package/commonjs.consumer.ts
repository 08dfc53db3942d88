import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

// Without ky, which CommonJS cannot load: the build carries it.
const consumer = () => createConsumer("commonjs", ["zod", "sharp"]);

test("a CommonJS project builds an input from restage/models", async () => {
  expect(await consumer().run("models.js")).toContain("ok");
});

test("a CommonJS project stages a photo against the simulator", async () => {
  expect(await consumer().run("staging.js")).toContain("ok");
});

test("the CommonJS build neither requires nor imports ky", () => {
  const dist = join(consumer().folder, "node_modules/restage/dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cjs"));
  expect(files).not.toHaveLength(0);
  const codes = files.map((name) => [name, readFileSync(join(dist, name), "utf8")] as const);
  expect(codes.filter(([, code]) => /require\(["']ky["']\)/.test(withoutComments(code))).map(([name]) => name)).toEqual([]);
  // An import() too: jest cannot run one in CommonJS. By syntax, since the admin page, which is text here, has some.
  expect(
    codes.filter(([name, code]) => holdsImportCall(ts.createSourceFile(name, code, ts.ScriptTarget.Latest))).map(([name]) => name),
  ).toEqual([]);
});

function holdsImportCall(node: ts.Node): boolean {
  const isImportCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImportCall || (ts.forEachChild(node, (child) => holdsImportCall(child) || undefined) ?? false);
}

function withoutComments(code: string): string {
  return code.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
}
