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
  // An import() too: jest cannot run one in CommonJS.
  expect(files.filter((name) => /require\(["']ky["']\)|\bimport\(/.test(withoutComments(join(dist, name))))).toEqual([]);
});

function withoutComments(path: string): string {
  return readFileSync(path, "utf8").replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
}
