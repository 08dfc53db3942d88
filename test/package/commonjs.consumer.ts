import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
  const codes = files.map((name) => [name, withoutComments(join(dist, name))] as const);
  expect(codes.filter(([, code]) => /require\(["']ky["']\)/.test(code)).map(([name]) => name)).toEqual([]);
  // An import() too: jest cannot run one in CommonJS. The admin page, which is text here, has some.
  expect(codes.filter(([, code]) => /\bimport\(/.test(withoutTexts(code))).map(([name]) => name)).toEqual([]);
});

function withoutTexts(code: string): string {
  return code.replace(/(["'`])(?:(?!\1)[^\\]|\\.)*\1/gs, "");
}

function withoutComments(path: string): string {
  return readFileSync(path, "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
}
