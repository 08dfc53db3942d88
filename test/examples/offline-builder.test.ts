import { expect, it } from "vitest";
import { runExample } from "./run-example.ts";

it("passes with the test runner of Node", async () => {
  const printed = await runExample("offline-builder.test.ts", { flags: ["--test", "--test-reporter=tap"] });
  expect(printed).toMatch(/^# pass 5$/m);
  expect(printed).toMatch(/^# fail 0$/m);
});
