import { expect, it } from "vitest";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { downloadImage } from "../../src/replicate/outputs.ts";
import { rejection, startServer, tinyPng } from "./helpers.ts";

const limits = { maximumImageBytes: 1_000_000, maximumImagePixels: 1_000, requestTimeoutMs: 10_000 };
const image = Buffer.concat([tinyPng, Buffer.alloc(100_000, "x")]);

/** Cuts the first answer after 40,000 bytes, and gives this as the rest. */
async function resumeWith(rest: Uint8Array) {
  const server = await startServer(({ headers }, outgoing) => {
    if (headers.range) outgoing.writeHead(206, { etag: '"1"', "content-range": "bytes 40000-" }).end(rest);
    else
      outgoing.writeHead(200, { etag: '"1"', "content-length": image.length }).write(image.subarray(0, 40_000), () => outgoing.destroy());
  });
  return downloadImage(`${server.origin}/0.png`, { fetch, baseUrl: server.url, readImageSize, ...limits });
}

it("takes the rest that makes it whole", async () => {
  expect(Buffer.compare((await resumeWith(image.subarray(40_000))).bytes, image)).toBe(0);
});

it.each([1, 50_000])("refuses a rest that is %i bytes longer than the image was said to be", async (more) => {
  const error = await rejection(resumeWith(Buffer.concat([image.subarray(40_000), Buffer.alloc(more)])));
  expect(error).toMatchObject({ code: "image_download", retryable: true });
});
