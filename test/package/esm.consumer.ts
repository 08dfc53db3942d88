import { expect, test } from "vitest";
import { createConsumer } from "./create-consumer.ts";

// sharp is the optional peer: the simulator draws with it.
const consumer = () => createConsumer("esm", ["zod", "ky", "sharp"]);

test("an ESM project builds an input from restage/models", async () => {
  expect(await consumer().run("models.js")).toContain("ok");
});

test("restage/models loads in a project without ky", async () => {
  expect(await createConsumer("esm", ["zod"]).run("models.js")).toContain("ok");
});

test("an ESM project stages a photo against the simulator", async () => {
  expect(await consumer().run("staging.js")).toContain("ok");
});

test("the command line needs nothing but the package and its dependencies", async () => {
  const { run } = createConsumer("esm", ["zod", "ky"]);
  const models = await run("node_modules/restage/dist/cli.js", "models", "--json");
  expect(models).toContain("qwen/qwen-image-edit");
  expect(() => JSON.parse(models)).not.toThrow();
});
