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

it("stages a listing without a token, and goes on after a photo that is none", async () => {
  const printed = await runExample("stage-many.ts", { args: [folder] });
  const files = ["photo-1-1.webp", "photo-2-1.webp", "photo-3-1.webp"];
  expect((await readdir(folder)).sort()).toEqual(files);
  // In the order in which they end.
  expect(printed.trimEnd().split("\n").slice(0, -1).sort()).toEqual([
    ...files.map((file, index) => `Photo ${index + 1}   ${join(folder, file)}`),
    "Photo 4   invalid_image, billed: no",
  ]);
  expect(printed).toMatch(/^Cost {6}\$0\.09 \(simulated\)$/m);
});
