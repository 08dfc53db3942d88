import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { downloadImage } from "../../src/replicate/outputs.ts";
import { rejection, tinyPng } from "./helpers.ts";
import { type ImageServerOptions, serveImage } from "./serve-image.ts";

// Noise behind the image: a mistake at a seam shows.
const image = Buffer.concat([tinyPng, ...Array.from({ length: 16_000 }, (_, number) => createHash("md5").update(`${number}`).digest())]);
const version = () => '"v1"';

async function download(options: ImageServerOptions) {
  const server = await serveImage(image, options);
  const limits = { maximumImageBytes: 1_000_000, maximumImagePixels: 1_000, requestTimeoutMs: 10_000 };
  const downloaded = downloadImage(`${server.origin}/0.png`, { fetch, baseUrl: server.url, readImageSize, ...limits });
  const ranges = () => server.asked.map(({ headers }) => headers.range);
  return { server, downloaded, ranges };
}

describe("a download that is cut", () => {
  it.each([1, 3, 5])("goes on where it stopped, %i times", async (cuts) => {
    const { downloaded, server, ranges } = await download({ etag: version, cutAfterBytes: 40_000, cuts });
    expect(Buffer.from((await downloaded).bytes).equals(image)).toBe(true);
    expect(ranges()).toEqual([undefined, ...Array.from({ length: cuts }, (_, index) => `bytes=${40_000 * (index + 1)}-`)]);
    expect(server.asked.slice(1).every(({ headers }) => headers["if-range"] === '"v1"')).toBe(true);
  });

  it("goes on where nobody told the length", async () => {
    const { downloaded, ranges } = await download({ etag: version, cutAfterBytes: 100_000, cuts: 1, tellsLength: false });
    expect(Buffer.from((await downloaded).bytes).equals(image)).toBe(true);
    expect(ranges()).toEqual([undefined, "bytes=100000-"]);
  });

  it("is given up after five", async () => {
    const { downloaded, server } = await download({ etag: version, cutAfterBytes: 1_000 });
    expect(await rejection(downloaded)).toMatchObject({ code: "image_download", retryable: true });
    expect(server.asked).toHaveLength(6);
  });

  it.each<[string, ImageServerOptions, number]>([
    ["has no version", {}, 1],
    ["has a weak version", { etag: () => 'W/"v1"' }, 1],
    ["is encoded on its way", { etag: version, headers: { "content-encoding": "identity" } }, 1],
    ["has another version meanwhile", { etag: (answer) => `"v${answer}"` }, 2],
    ["comes from a server that gives no parts", { etag: version, takesRange: false }, 2],
    ["comes as another part", { etag: version, headers: { "content-range": "bytes 7-99/100" } }, 2],
  ])("is for its caller to begin again when it %s", async (_, options, asked) => {
    const { downloaded, server } = await download({ ...options, cutAfterBytes: 40_000, cuts: 1 });
    expect(await rejection(downloaded)).toMatchObject({ code: "image_download", retryable: true });
    expect(server.asked).toHaveLength(asked);
  });

  it("is not asked for again when nothing came of it", async () => {
    const { downloaded, server } = await download({ etag: version, cutAfterBytes: 0 });
    expect(await rejection(downloaded)).toMatchObject({ code: "image_download", retryable: true });
    expect(server.asked).toHaveLength(1);
  });
});
