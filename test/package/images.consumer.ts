import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test.each(["esm", "commonjs"])("a project marks an image, without sharp: %s", async (project) => {
  const { run } = createConsumer(project, ["zod"]);
  expect(await run("images.js")).toContain("ok");
});
