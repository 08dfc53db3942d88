import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folderSink } from "../../src/sinks/folder-sink.ts";
import { rejection, tinyJpeg, tinyPng } from "../replicate/helpers.ts";
import { listFiles, makeFolder, toSinkImage, toStream } from "./helpers.ts";
import { mayMount, mountDisk, mountReadOnly } from "./mount-disk.ts";

const options = { signal: new AbortController().signal };

describe("folderSink", () => {
  it("keeps an image as a whole file named after its run, and gives it back", async () => {
    const directory = makeFolder();
    const sink = folderSink({ directory });
    const { location } = await sink.put(toSinkImage(), options);
    expect(location).toBe(join(directory, "run_1", "staged-0.png"));
    expect(readFileSync(location)).toEqual(Buffer.from(tinyPng));
    expect(await sink.get?.(location)).toEqual(tinyPng);
    await sink.put(toSinkImage({ kind: "original", extension: "jpg", body: toStream([tinyJpeg]) }), options);
    await sink.put(toSinkImage({ index: 12 }), options);
    expect(listFiles(directory)).toEqual(["run_1/original-0.jpg", "run_1/staged-0.png", "run_1/staged-12.png"]);
  });

  it("makes its folder, and takes a relative one", async () => {
    const directory = join(relative(process.cwd(), makeFolder()), "a", "b");
    const { location } = await folderSink({ directory }).put(toSinkImage(), options);
    expect(location).toBe(resolve(directory, "run_1", "staged-0.png"));
  });

  it("keeps one file of the same image, put twice or by many at once", async () => {
    const directory = makeFolder();
    const puts = Array.from({ length: 20 }, () => folderSink({ directory }).put(toSinkImage(), options));
    const locations = new Set((await Promise.all(puts)).map(({ location }) => location));
    expect(locations.size).toBe(1);
    expect(listFiles(directory)).toEqual(["run_1/staged-0.png"]);
    expect(readFileSync(join(directory, "run_1/staged-0.png"))).toEqual(Buffer.from(tinyPng));
  });

  it("stays within its folder, one file for each image, whatever the run's id", async () => {
    const around = makeFolder();
    const directory = join(around, "images");
    const known = ["../../x", "..", ".", "", "/etc/passwd", "a/b", "a\\b", "a\0b", "C:\\x", "x:y", "%2e", "run\n", "ﬁ", "房", "con."];
    const id = fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom(...known));
    await fc.assert(
      fc.asyncProperty(id, async (runId) => {
        const { location } = await folderSink({ directory }).put(toSinkImage({ runId }), options);
        expect(dirname(dirname(location))).toBe(directory);
        expect(basename(location)).toBe("staged-0.png");
        expect(decodeURIComponent(basename(dirname(location)).replace(/^%$/, ""))).toBe(runId);
      }),
      { numRuns: 100, examples: known.map((runId) => [runId]) },
    );
    expect(listFiles(around).every((path) => path.startsWith(`images${sep}`))).toBe(true);
  });

  it("refuses an id that no file system takes", async () => {
    const put = folderSink({ directory: makeFolder() }).put(toSinkImage({ runId: "x".repeat(5_000) }), options);
    expect(await rejection(put)).toMatchObject({ code: "sink", retryable: false });
  });

  it.each([0, 1, 2])("leaves nothing of an image whose stream fails after %i pieces, and keeps what was there", async (pieces) => {
    const directory = makeFolder();
    const sink = folderSink({ directory });
    const cut = () => toSinkImage({ body: toStream([tinyPng, tinyPng].slice(0, pieces), new Error("cut")) });
    expect(await rejection(sink.put(cut(), options))).toMatchObject({ message: "cut" });
    expect(listFiles(directory)).toEqual([]);
    const { location } = await sink.put(toSinkImage(), options);
    expect(await rejection(sink.put(cut(), options))).toMatchObject({ message: "cut" });
    expect(listFiles(directory)).toEqual(["run_1/staged-0.png"]);
    expect(readFileSync(location)).toEqual(Buffer.from(tinyPng));
  });

  it("gives back nothing from outside of its folder, and nothing that is not there", async () => {
    const around = makeFolder();
    writeFileSync(join(around, "secret"), "secret");
    const directory = join(around, "images");
    const sink = folderSink({ directory });
    for (const location of [join(around, "secret"), join(directory, "../secret"), "/etc/passwd", around, "../secret"]) {
      expect(await rejection(sink.get?.(location) as Promise<unknown>), location).toMatchObject({ code: "sink", retryable: false });
    }
    expect(await rejection(sink.get?.(join(directory, "a/b.png")) as Promise<unknown>)).toMatchObject({
      code: "sink",
      message: expect.stringContaining("ENOENT"),
    });
  });

  it("says that a file is where its folder should be", async () => {
    const directory = join(makeFolder(), "file");
    writeFileSync(directory, "");
    expect(await rejection(folderSink({ directory }).put(toSinkImage(), options))).toMatchObject({ code: "sink", retryable: false });
  });

  // A real file system that is full, or takes nothing: only root may mount one.
  it.skipIf(!mayMount)("says that the disk is full, keeps what is there, and takes more when there is room", async () => {
    const directory = mountDisk("size=256k");
    const sink = folderSink({ directory });
    await sink.put(toSinkImage(), options);
    const large = (index: number, pieces: number) =>
      toSinkImage({ index, body: toStream(Array.from({ length: pieces }, () => new Uint8Array(32_768))) });
    const error = await rejection(sink.put(large(1, 20), options));
    expect(error).toMatchObject({ code: "sink", retryable: true, message: expect.stringContaining("the disk is full (ENOSPC)") });
    expect(listFiles(directory)).toEqual(["run_1/staged-0.png"]);
    await sink.put(large(1, 4), options);
    expect(listFiles(directory)).toEqual(["run_1/staged-0.png", "run_1/staged-1.png"]);
  });

  it.skipIf(!mayMount)("says that it may not write", async () => {
    const directory = mountDisk("size=64k");
    await folderSink({ directory }).put(toSinkImage(), options);
    mountReadOnly(directory);
    const error = await rejection(folderSink({ directory }).put(toSinkImage(), options));
    expect(error).toMatchObject({ code: "sink", retryable: false, message: expect.stringContaining("EROFS") });
  });
});
