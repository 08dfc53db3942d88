import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

test("the ESM and the CommonJS build work side by side", async () => {
  expect(await createConsumer("both", ["zod", "ky", "sharp"]).run("side-by-side.js")).toContain("ok");
});
