// One png of 5 MB in a process of its own, so that who is measured pays for no work but its own; over a line of so many bytes a second, which
// all share, or as fast as it goes.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import sharp from "sharp";

const [width, height] = [1_290, 1_290];
// Noise, which cannot be compressed.
const image = await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
  .png()
  .toBuffer();

const bytesPerSecond = Number(process.argv[2]);
const pieceBytes = 262_144;
let freeAt = 0;

async function send(outgoing: ServerResponse): Promise<void> {
  for (let at = 0; at < image.length; at += pieceBytes) {
    const now = performance.now();
    freeAt = Math.max(freeAt, now) + (pieceBytes / bytesPerSecond) * 1_000;
    await wait(freeAt - now);
    if (!outgoing.write(image.subarray(at, at + pieceBytes))) await once(outgoing, "drain");
  }
  outgoing.end();
}

const server = createServer((_, outgoing) => {
  outgoing.writeHead(200, { "content-type": "image/png", "content-length": image.length, etag: '"1"' });
  if (bytesPerSecond > 0) void send(outgoing);
  else outgoing.end(image);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port, imageBytes: image.length }));
process.once("disconnect", () => process.exit());
