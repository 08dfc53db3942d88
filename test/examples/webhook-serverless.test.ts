import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runExample } from "./run-example.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "restage-example-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("is called back, brings the image home, and leaves nothing to its cron", async () => {
  const printed = await runExample("webhook-serverless.ts", { args: [folder] });
  expect(await readdir(folder)).toEqual(["called-back-1.webp"]);
  // The answer does not wait for the image; which line comes first is up to the machine.
  expect(printed.trimEnd().split("\n").sort()).toEqual([
    "Answered  HTTP 200",
    "Cron      0 left to do",
    `Home      ${join(folder, "called-back-1.webp")} for 0.03 USD (simulated)`,
    "Sent      HTTP 202, the run is running",
  ]);
});
