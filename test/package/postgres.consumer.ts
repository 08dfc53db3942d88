import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test.each(["esm", "commonjs"])("a project keeps settings in PGlite, by whichever build: %s", async (project) => {
  const { run } = createConsumer(project, ["zod", "ky", "@electric-sql/pglite"]);
  expect(await run("postgres.js")).toContain("ok");
});
