import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test.each(["esm", "commonjs"])("a project makes a model of a zod 3 schema: %s", async (project) => {
  const { run } = createConsumer(project, ["zod", "zod-to-json-schema"]);
  expect(await run("zod3.js")).toContain("ok");
});
