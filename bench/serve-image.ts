// One png of 5 MB in a process of its own, so that who is measured pays for no work but its own.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";

const [width, height] = [1_290, 1_290];
// Noise, which cannot be compressed.
const image = await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
  .png()
  .toBuffer();

const server = createServer((_, outgoing) => {
  outgoing.writeHead(200, { "content-type": "image/png", "content-length": image.length, etag: '"1"' }).end(image);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port, imageBytes: image.length }));
process.once("disconnect", () => process.exit());
