import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test.each([
  ["books", "esm", ["zod", "ky"]],
  ["books", "commonjs", ["zod"]],
  // Neither Preact nor esbuild: the page is built into the package.
  ["admin", "esm", ["zod", "ky"]],
  ["admin", "commonjs", ["zod"]],
])("a project opens the door %s: %s", async (door, project, packages) => {
  const { run } = createConsumer(project, packages);
  expect(await run(`${door}.js`)).toContain("ok");
});
