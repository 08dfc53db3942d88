import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readImageSize } from "../../src/images/read-image-size.ts";
import { type DownloadOptions, downloadImage } from "../../src/replicate/outputs.ts";
import { rejection, startServer, startTcp, tinyGif, tinyJpeg, tinyPng, tinyWebp } from "./helpers.ts";

const options = (baseUrl: string, more: Partial<DownloadOptions> = {}): DownloadOptions => ({
  fetch,
  baseUrl,
  maximumImageBytes: 1_000,
  maximumImagePixels: 1_000_000,
  readImageSize,
  requestTimeoutMs: 5_000,
  ...more,
});

/** A server that answers everything with these bytes. */
function serve(bytes: Uint8Array | string, status = 200, headers: Record<string, string> = {}) {
  return startServer((_, outgoing) => outgoing.writeHead(status, headers).end(bytes));
}

describe("downloadImage", () => {
  it.each([
    ["image/png", tinyPng],
    ["image/jpeg", tinyJpeg],
    ["image/webp", tinyWebp],
    ["image/gif", tinyGif],
  ])("brings %s home, typed by its bytes, without the token", async (contentType, bytes) => {
    const server = await serve(bytes, 200, { "content-type": "text/html" });
    const image = await downloadImage(`${server.origin}/output/0.png?x=1`, options(server.url));
    expect(image).toMatchObject({ bytes, type: { contentType } });
    expect(server.asked[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each([204, 206, 300, 304, 403, 404, 410, 429, 500, 503])("refuses HTTP %i, for now", async (status) => {
    const server = await serve([204, 304].includes(status) ? "" : tinyPng, status, { location: "https://replicate.delivery/elsewhere" });
    expect(await rejection(downloadImage(`${server.origin}/0.png`, options(server.url)))).toMatchObject({
      code: "image_download",
      billed: "yes",
      retryable: true,
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ["an HTML page came", "<!DOCTYPE html><h1>Sign in</h1>"],
    ["an HTML page came", "\ufeff\n <html><body>Sign in"],
    ["nothing came", ""],
    ["an SVG came", "<svg onload='alert(1)'/>"],
    ["an SVG came", "<?xml version='1.0'?>\n<svg/>"],
    ["XML came", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"],
    ["JSON came", '{"detail": "Sign in"}'],
    ["a PDF came", "%PDF-1.7"],
    ["no jpeg, png, webp or gif", "Sign in"],
  ])("says that %s, and refuses it for good", async (message, text) => {
    const server = await serve(text, 200, { "content-type": "image/png" });
    expect(await rejection(downloadImage(`${server.origin}/0.png`, options(server.url)))).toMatchObject({
      code: "image_download",
      retryable: false,
      message: expect.stringMatching(new RegExp(`${message}(?!.*Sign)`)),
    });
  });

  it.each([
    ["said in its header", { "content-length": "5000" }],
    ["found out on the way", {}],
  ])("refuses more bytes than allowed, %s", async (_, headers) => {
    const large = Buffer.concat([tinyPng, Buffer.alloc(5_000 - tinyPng.length)]);
    const server = await serve(large, 200, headers);
    expect(await rejection(downloadImage(`${server.origin}/0.png`, options(server.url)))).toMatchObject({
      code: "image_download",
      retryable: false,
      message: expect.stringContaining("1000 bytes"),
    });
  });

  it("does not read on after too many bytes", async () => {
    const server = await startServer((_, outgoing) => {
      outgoing.writeHead(200);
      outgoing.write(Buffer.concat([tinyPng, Buffer.alloc(2_000)]));
      // It never ends.
    });
    expect(await rejection(downloadImage(`${server.origin}/0.png`, options(server.url)))).toMatchObject({ code: "image_download" });
  });

  it.each([
    ["fewer bytes than its content-length", "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n"],
    ["an open chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n46\r\n"],
  ])("refuses %s, for now", async (_, head) => {
    const tcp = await startTcp((socket) => socket.once("data", () => socket.end(Buffer.concat([Buffer.from(head), tinyPng]))));
    expect(await rejection(downloadImage(`http://127.0.0.1:${tcp.port}/0.png`, options(tcp.url)))).toMatchObject({
      code: "image_download",
      retryable: true,
    });
  });

  it("gives up when the time is over, also while garbage is collected", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const server = await startServer((_, outgoing) => {
      outgoing.writeHead(200);
      outgoing.write(tinyPng);
    });
    const timer = setInterval(collectGarbage, 5);
    const error = await rejection(downloadImage(`${server.origin}/0.png`, options(server.url, { requestTimeoutMs: 60 })));
    clearInterval(timer);
    expect(error).toMatchObject({ code: "image_download", retryable: true });
  });

  it("ends with the signal's own reason", async () => {
    const controller = new AbortController();
    const reason = { why: "the user left" };
    const server = await startServer(() => controller.abort(reason));
    const error = await rejection(downloadImage(`${server.origin}/0.png`, options(server.url, { signal: controller.signal })));
    expect(error).toBe(reason);
    expect(await rejection(downloadImage(`${server.origin}/0.png`, options(server.url, { signal: controller.signal })))).toBe(reason);
  });

  it("refuses any other address without a connection", async () => {
    const other = await startTcp((socket) => socket.destroy());
    const server = await serve(tinyPng);
    const { port } = new URL(server.url);
    const addresses = [
      `http://127.0.0.1:${other.port}/0.png`,
      `http://localhost:${port}/0.png`,
      `http://user:password@127.0.0.1:${port}/0.png`,
      `https://127.0.0.1:${port}/0.png`,
      "https://example.com/0.png",
      "https://replicate.delivery.example.com/0.png",
      "https://notreplicate.delivery/0.png",
      "https://user@replicate.delivery/0.png",
      "https://replicate.delivery:8443/0.png",
      "http://replicate.delivery/0.png",
      "http://169.254.169.254/latest/meta-data",
      "file:///etc/passwd",
      "data:image/png;base64,iVBORw0KGgo=",
      "ftp://replicate.delivery/0.png",
      "/output/0.png",
      "not an address",
      "",
    ];
    let fetched = 0;
    const counting: typeof fetch = async (...call) => {
      fetched += 1;
      return fetch(...call);
    };
    for (const address of addresses) {
      const error = await rejection(downloadImage(address, options(server.url, { fetch: counting })));
      expect(error, address).toMatchObject({ code: "image_download", retryable: false, billed: "yes" });
    }
    expect({ fetched, connections: other.connections(), asked: server.asked.length }).toEqual({ fetched: 0, connections: 0, asked: 0 });
  });

  it.each([301, 302, 303, 307, 308])("follows no redirect to another host: %i", async (status) => {
    const other = await serve(tinyPng);
    const server = await serve("", status, { location: `${other.origin}/0.png` });
    expect(await rejection(downloadImage(`${server.origin}/0.png`, options(server.url)))).toMatchObject({ code: "image_download" });
    expect(other.asked).toEqual([]);
  });

  it.each(["https://replicate.delivery/x/0.png", "https://pbxt.replicate.delivery/x/0.png"])("takes %s", async (address) => {
    const image = await downloadImage(address, options("https://api.replicate.com/v1", { fetch: async () => new Response(tinyPng) }));
    expect(image).toMatchObject({ type: { extension: "png" } });
  });
});
