import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test("a TypeScript project under jest with ts-jest builds inputs and stages a photo", async () => {
  const { run } = createConsumer("jest", ["zod", "sharp", "jest", "ts-jest", "@jest/globals", "typescript", "@types/node"]);
  const report = JSON.parse(await run("node_modules/jest/bin/jest.js", "--json", "--silent"));
  expect(report).toMatchObject({ numFailedTests: 0, numPassedTests: 4 });
});
