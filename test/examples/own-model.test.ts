import { expect, it } from "vitest";
import { runExample } from "./run-example.ts";

it("stages with a model of its own", async () => {
  expect(await runExample("own-model.ts")).toBe(`Ran acme/room-stager for $0.025 and got 1 image.
strength 0.8 came from the global settings.
Sent: prompt, photo, strength, output_format, seed
`);
});
