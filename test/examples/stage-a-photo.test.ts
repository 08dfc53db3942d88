import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runExample } from "./run-example.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "restage-example-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("stages a photo without a token", async () => {
  const photo = join(folder, "room.jpg");
  const grey = sharp({ create: { width: 320, height: 200, channels: 3, background: "#cccccc" } });
  await writeFile(photo, await grey.jpeg().toBuffer());
  const printed = await runExample("stage-a-photo.ts", { args: [photo, folder] });
  expect(printed).toMatch(/^Model {5}qwen\/qwen-image-edit \(chosen by default\)$/m);
  expect(printed).toMatch(/^Estimate {2}\$0\.03 at most$/m);
  expect(printed).toMatch(/^ +uploading\n +creating\n(.*\n)* +collecting\n +done$/m);
  expect(printed).toMatch(/^Cost {6}\$0\.03 \(simulated\)$/m);
  const image = sharp(await readFile(join(folder, "staged-1.webp")));
  expect(await image.metadata()).toMatchObject({ format: "webp", width: 320, height: 200 });
});

it("says what is wrong with a photo that is none", async () => {
  const photo = join(folder, "room.svg");
  await writeFile(photo, "<svg/>");
  const failure = await runExample("stage-a-photo.ts", { args: [photo, folder] }).catch((error) => error);
  expect(failure.code).toBe(1);
  expect(failure.stderr).toContain("an SVG");
  expect(failure.stderr).toContain("code invalid_image, retryable: false, billed: no");
});
