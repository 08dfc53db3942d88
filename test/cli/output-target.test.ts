import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareTarget, toOutputTarget, writeImages } from "../../src/cli/output-target.ts";
import { StagedImage } from "../../src/client/staged-image.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "restage-output-"));
});
afterEach(() => rm(directory, { recursive: true }));

const gif = new TextEncoder().encode("GIF89a");
const image = new StagedImage(
  { contentType: "image/gif", byteLength: 6, sha256: "", imageDataSha256: "", perceptualHash: null, location: null },
  gif,
);
const [careful, forced] = [{ force: false }, { force: true }];

describe("toOutputTarget", () => {
  it("takes a directory by its slash or because it is one, else a file with or without ending", async () => {
    await mkdir(join(directory, "there"));
    expect(await toOutputTarget(undefined, "room")).toEqual({ stem: "room-staged", ending: "" });
    expect(await toOutputTarget(join(directory, "there"), "room")).toEqual({ stem: join(directory, "there", "room-staged"), ending: "" });
    expect(await toOutputTarget("new/", "room")).toEqual({ stem: join("new", "room-staged"), ending: "" });
    expect(await toOutputTarget("my.room.png", "room")).toEqual({ stem: "my.room", ending: ".png" });
    expect(await toOutputTarget("staged", "room")).toEqual({ stem: "staged", ending: "" });
  });
});

describe("prepareTarget", () => {
  it("refuses what exists, whichever ending it may get", async () => {
    const target = { stem: join(directory, "a"), ending: "" };
    await writeFile(join(directory, "a.jpg"), "");
    await expect(prepareTarget(target, undefined, 1, careful)).rejects.toThrow("a.jpg exists");
    await expect(prepareTarget(target, ".jpg", 1, careful)).rejects.toThrow("a.jpg exists");
    await prepareTarget(target, ".png", 1, careful);
    await prepareTarget(target, undefined, 1, forced);
  });

  it("looks for numbered files where several images are expected", async () => {
    await writeFile(join(directory, "a-2.png"), "");
    await expect(prepareTarget({ stem: join(directory, "a"), ending: ".png" }, undefined, 2, careful)).rejects.toThrow("a-2.png exists");
  });

  it("makes the directory, and says when it cannot", async () => {
    await prepareTarget({ stem: join(directory, "b", "c", "a"), ending: "" }, undefined, 1, careful);
    expect(await readdir(join(directory, "b"))).toEqual(["c"]);
    await writeFile(join(directory, "file"), "");
    await expect(prepareTarget({ stem: join(directory, "file", "a"), ending: "" }, undefined, 1, careful)).rejects.toThrow(
      /cannot be written to/,
    );
  });
});

describe("writeImages", () => {
  it("takes the ending from the bytes and numbers several", async () => {
    expect(await writeImages([image, image], { stem: join(directory, "a"), ending: "" }, careful)).toEqual([
      join(directory, "a-1.gif"),
      join(directory, "a-2.gif"),
    ]);
  });

  it("leaves a file alone that appeared meanwhile, and keeps the paid image under a free name", async () => {
    await writeFile(join(directory, "a.gif"), "mine");
    expect(await writeImages([image], { stem: join(directory, "a"), ending: "" }, careful)).toEqual([join(directory, "a-2.gif")]);
    expect(await readFile(join(directory, "a.gif"), "utf8")).toBe("mine");
    await writeImages([image], { stem: join(directory, "a"), ending: "" }, forced);
    expect(await readFile(join(directory, "a.gif"), "utf8")).toBe("GIF89a");
  });

  it("says where a paid image still is when it cannot be written", async () => {
    const target = { stem: join(directory, "gone", "a"), ending: "" };
    await expect(writeImages([image], target, careful, ["https://replicate.delivery/x.gif"])).rejects.toMatchObject({
      billed: "yes",
      message: expect.stringContaining("https://replicate.delivery/x.gif"),
    });
  });
});
