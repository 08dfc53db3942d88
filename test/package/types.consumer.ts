import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test.each(["node16", "bundler", "models-alone"])("the types hold: %s", async (project) => {
  const { run } = createConsumer("types", ["zod", "typescript", "@types/node"]);
  expect(await run("node_modules/typescript/bin/tsc", "--project", `tsconfig.${project}.json`)).toBe("");
});
