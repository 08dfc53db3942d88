import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { readPhoto } from "../../src/client/read-photo.ts";
import { tinyGif, tinyJpeg, tinyWebp } from "../replicate/helpers.ts";
import { countOf, pro, rejection, request, seedream4, setTheStage, tinyPng, toDataUrl } from "./helpers.ts";

const text = (content: string) => Uint8Array.from(Buffer.from(content));
const file = (name: string) => join(folder, name);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "restage-"));
  await writeFile(file("room.png"), tinyPng);
  await writeFile(file("empty.png"), "");
  await writeFile(file("page.png"), "<!DOCTYPE html>");
  await mkdir(file("folder.png"));
  const large = await open(file("large.png"), "w");
  await large.write(tinyPng);
  await large.truncate(100_000_001);
  await large.close();
});
afterAll(() => rm(folder, { recursive: true }));

describe("a photo", () => {
  it.each<[string, () => Parameters<typeof readPhoto>[0]]>([
    ["a path", () => ({ path: file("room.png") })],
    ["a Blob", () => new Blob([tinyPng])],
    ["a File", () => new File([tinyPng], "room.txt", { type: "text/plain" })],
    ["a Uint8Array", () => tinyPng],
    ["a Buffer", () => Buffer.from(tinyPng)],
    ["a part of a larger buffer", () => new Uint8Array([1, 2, ...tinyPng, 3, 4]).subarray(2, 2 + tinyPng.length)],
    ["an ArrayBuffer", () => tinyPng.slice().buffer],
    ["a data URL", () => toDataUrl(tinyPng)],
    ["a data URL of another type", () => toDataUrl(tinyPng, "image/jpeg")],
  ])("may be %s: it is uploaded as it is, and never inlined", async (_, toImage) => {
    const { client, simulator } = await setTheStage();
    const { photo } = await client.start({ ...request, image: toImage() });
    expect(photo).toMatchObject({ source: "bytes", contentType: "image/png", byteLength: tinyPng.length });
    const image = String(simulator.predictions[0]?.input.image);
    expect(image.startsWith(`${simulator.url}/files/`)).toBe(true);
    const uploaded = await fetch(`${image}/download`, { headers: { authorization: `Bearer ${simulator.token}` } });
    expect(new Uint8Array(await uploaded.arrayBuffer())).toEqual(tinyPng);
    expect(uploaded.headers.get("content-type")).toBe("image/png");
  });

  it.each([
    ["image/jpeg", tinyJpeg],
    ["image/webp", tinyWebp],
    ["image/gif", tinyGif],
  ])("may be %s, whatever it is called", async (contentType, bytes) => {
    const { client } = await setTheStage();
    const { photo } = await client.start({ ...request, image: new Blob([bytes], { type: "image/heic" }) });
    expect(photo).toMatchObject({ contentType, byteLength: bytes.length });
  });

  it.each([
    ["https://example.com/room.jpg", "https://example.com/room.jpg"],
    ["https://user:word@example.com/a?b=c#d", "https://example.com/a"],
    ["http://127.0.0.1:1/room.jpg", "http://127.0.0.1:1/room.jpg"],
    ["HTTPS://EXAMPLE.COM/ROOM", "https://example.com/ROOM"],
  ])("by address is passed on unread, and kept without what may let somebody in: %s", async (image, location) => {
    const { client, simulator } = await setTheStage();
    const { photo } = await client.start({ ...request, image });
    expect(photo).toEqual({ source: "url", contentType: null, byteLength: null, sha256: null, location });
    expect(simulator.requests.map(({ target }) => target)).toEqual(["account", "create"]);
    expect(simulator.predictions[0]?.input.image).toBe(image);
  });

  it("stands under the model's own key, in a list where the model wants one", async () => {
    const { client, simulator } = await setTheStage();
    const image = "https://example.com/room.jpg";
    await client.start({ ...request, image, modelId: pro });
    await client.start({ ...request, image, modelId: seedream4, config: { aspect_ratio: "match_input_image" } });
    expect(simulator.predictions.map(({ input }) => input.input_image ?? input.image_input)).toEqual([image, [image]]);
  });

  it("is the caller's again as soon as it was read", async () => {
    const { client, simulator } = await setTheStage();
    const bytes = tinyPng.slice();
    const starting = client.start({ ...request, image: bytes }, {});
    await new Promise(setImmediate);
    bytes.fill(0);
    await starting;
    const image = String(simulator.predictions[0]?.input.image);
    const uploaded = await fetch(`${image}/download`, { headers: { authorization: `Bearer ${simulator.token}` } });
    expect([tinyPng, new Uint8Array(tinyPng.length)]).toContainEqual(new Uint8Array(await uploaded.arrayBuffer()));
  });
});

describe("what is no photo", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["SVG", () => text('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/],
    ["SVG with a prologue", () => text('<?xml version="1.0"?>\n<svg/>'), /SVG/],
    ["SVG as a data URL", () => toDataUrl(text("<svg/>"), "image/svg+xml"), /SVG/],
    ["PDF", () => text("%PDF-1.7"), /PDF/],
    ["HEIC", () => Uint8Array.from([0, 0, 0, 24, ...text("ftypheic")]), /HEIC/],
    ["AVIF", () => Uint8Array.from([0, 0, 0, 24, ...text("ftypavif")]), /AVIF/],
    ["HTML in a file", () => ({ path: file("page.png") }), /no jpeg/],
    ["text", () => text("room.jpg"), /no jpeg/],
    ["nothing", () => new Uint8Array(), /empty/],
    ["an empty Blob", () => new Blob([]), /empty/],
    ["an empty ArrayBuffer", () => new ArrayBuffer(0), /empty/],
    ["an empty file", () => ({ path: file("empty.png") }), /empty/],
    ["an empty data URL", () => "data:image/png;base64,", /empty/],
    ["a file that is too large", () => ({ path: file("large.png") }), /100\.0 MB/],
    ["a Blob that is too large", () => new Blob(Array.from({ length: 101 }, () => new Uint8Array(1_000_000))), /101\.0 MB/],
    ["bytes that are too many", () => new Uint8Array(100_000_001), /100\.0 MB/],
    ["a file that is not there", () => ({ path: file("none.png") }), /ENOENT/],
    ["a folder", () => ({ path: file("folder.png") }), /EISDIR/],
    ["a path with a zero byte", () => ({ path: "room\0.png" }), /cannot be read/],
    ["an empty path", () => ({ path: "" }), /cannot be read/],
    ["a path that is no text", () => ({ path: 5 }), /give an https/],
    ["an http URL", () => "http://example.com/room.jpg", /https/],
    ["a path as plain text", () => file("room.png"), /\{ path \}/],
    ["a relative path as plain text", () => "room.jpg", /\{ path \}/],
    ["a file URL", () => `file://${file("room.png")}`, /\{ path \}/],
    ["an empty text", () => "", /https/],
    ["a data URL of HTML", () => "data:text/html;base64,PGgxPg==", /data:image/],
    ["a data URL without base64", () => "data:image/png,abc", /data:image/],
    ["a data URL of bad base64", () => "data:image/png;base64,%%%", /base64|no jpeg/],
    ["a number", () => 5, /give an https/],
    ["null", () => null, /give an https/],
    ["a list", () => [tinyPng], /give an https/],
  ])("%s is refused before anything is sent, and told without its content", async (_, toImage, message) => {
    const { client, simulator, runs } = await setTheStage();
    const error = await rejection(client.stage({ ...request, image: toImage() } as typeof request));
    expect(error).toMatchObject({ code: "invalid_image", billed: "no", retryable: false, message: expect.stringMatching(message) });
    expect(String(error)).not.toContain(folder);
    expect({ requests: simulator.requests, runs: await runs() }).toEqual({ requests: [], runs: [] });
    expect(await rejection(client.plan({ ...request, image: toImage() } as typeof request))).toMatchObject({ code: "invalid_image" });
  });

  it("is refused where the model needs one and none is given", async () => {
    const { client, simulator } = await setTheStage();
    const { image: _, ...without } = request;
    expect(await rejection(client.stage(without))).toMatchObject({ code: "invalid_input", problems: [{ field: "imageUrl" }] });
    expect(await rejection(client.stage({ ...without, modelId: pro }))).toMatchObject({ code: "invalid_input" });
    expect(simulator.requests).toEqual([]);
  });

  it("is found out by Replicate, too, when the address leads nowhere: that costs what it costs, once", async () => {
    const { client, simulator } = await setTheStage();
    simulator.outcomes.add({ error: "cannot identify image file" });
    expect(await rejection(client.stage({ ...request, image: "https://example.com/none.jpg" }))).toMatchObject({
      code: "prediction_failed",
    });
    expect(countOf(simulator, "create")).toBe(1);
  });
});
