import type { CreateRaw, OverlayOptions, Sharp } from "sharp";
import { loadSharp } from "../images/load-sharp.ts";
import type { DrawStaged } from "./draw-request.ts";
import { toColour } from "./drawing/colour.ts";
import { asksToEmpty } from "./drawing/room-words.ts";
import { createView } from "./drawing/view.ts";
import { furniture } from "./furniture.ts";
import { imageSize } from "./image-size.ts";
import { inventedRoom } from "./invented-room.ts";
import type { Ambience } from "./palette.ts";
import { simulatedMark, simulatedMarkBounds } from "./simulated-mark.ts";

const limitInputPixels = 100_000_000;
// Furniture is soft and blurs are slow: above this it is drawn smaller and enlarged.
const longestDrawnSide = 1800;

/**
 * Draws what a model might answer: the photo with furniture for the room and style that the prompt names, without any where it asks to
 * clear the room, and always with the mark SIMULATED. The same request gives the same bytes. The photo's EXIF orientation is honoured, its
 * metadata is left out, and it is cropped where the aspect ratio differs.
 *
 * @throws {MissingPeerError} The package sharp is not installed.
 * @throws {RangeError} The size or the aspect ratio cannot be drawn.
 * @throws {Error} sharp cannot read the photo, or it has more than 100 megapixels.
 */
export const drawStaged: DrawStaged = async (request) => {
  const sharp = await loadSharp("drawing simulated images");
  const source = request.photo && sharp(request.photo, { limitInputPixels }).autoOrient();
  const { width, height } = imageSize(request, source ? (await source.metadata()).autoOrient : undefined);
  const room = source ?? (await drawInvented());
  const base = await room.resize(width, height, { fit: "cover" }).flatten({ background: "#ffffff" }).toColourspace("srgb").raw().toBuffer();
  const raw = { raw: { width, height, channels: 3 } } as const;
  const layers: OverlayOptions[] = [];
  if (!asksToEmpty(request.prompt)) {
    const light = await readLight(base);
    const scale = Math.min(1, longestDrawnSide / Math.max(width, height));
    const view = createView({ width: width * scale, height: height * scale, lightSide: light.side });
    const drawn = furniture(view, { ...request, ambience: light.ambience, width: width * scale });
    layers.push({ ...(await renderSvg(drawn, scale)), left: 0, top: 0 });
  }
  const { left, top } = simulatedMarkBounds(width, height);
  layers.push({ input: Buffer.from(simulatedMark(width, height)), left, top });
  const image = sharp(base, raw).composite(layers).removeAlpha();
  const { format, quality = 90 } = request;
  const encoded = format === "png" ? image.png() : format === "webp" ? image.webp({ quality }) : image.jpeg({ quality });
  return new Uint8Array(await encoded.toBuffer());

  async function drawInvented(): Promise<Sharp> {
    const scale = Math.min(1, longestDrawnSide / Math.max(width, height));
    const [drawnWidth, drawnHeight] = [width * scale, height * scale];
    const view = createView({ width: drawnWidth, height: drawnHeight, lightSide: (request.seed + request.index) % 2 ? 1 : -1 });
    const { input, raw: size } = await renderSvg(inventedRoom(view, request, drawnWidth, drawnHeight), scale);
    return sharp(input, { raw: size });
  }

  // As raw pixels, because packing and unpacking a PNG of this size takes longer than drawing it.
  async function renderSvg(elements: string, scale: number): Promise<{ input: Buffer; raw: CreateRaw }> {
    const [drawnWidth, drawnHeight] = [Math.ceil(width * scale), Math.ceil(height * scale)];
    const size = `width="${drawnWidth}" height="${drawnHeight}" viewBox="0 0 ${width * scale} ${height * scale}"`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} preserveAspectRatio="none">${elements}</svg>`;
    const drawn = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
    if (scale === 1) return { input: drawn, raw: { width, height, channels: 4 } };
    // Not in one step with the drawing: sharp would draw the SVG itself at the larger size.
    const enlarged = sharp(drawn, { raw: { width: drawnWidth, height: drawnHeight, channels: 4 } });
    const input = await enlarged.resize(width, height, { fit: "fill" }).raw().toBuffer();
    return { input, raw: { width, height, channels: 4 } };
  }

  async function readLight(pixels: Uint8Array): Promise<{ ambience: Ambience; side: -1 | 1 }> {
    const quarters = await sharp(pixels, raw).resize(2, 2, { fit: "fill", kernel: "cubic" }).raw().toBuffer();
    const [upperLeft, upperRight, lowerLeft, lowerRight] = [0, 3, 6, 9].map((at) => [...quarters.subarray(at, at + 3)]);
    const floor = [0, 1, 2].map((channel) => ((lowerLeft?.[channel] ?? 128) + (lowerRight?.[channel] ?? 128)) / 2);
    const sum = (channels: readonly number[] = []) => channels.reduce((total, channel) => total + channel, 0);
    return {
      ambience: { brightness: sum(floor) / 765, tint: toColour(floor) },
      side: sum(upperLeft) + sum(lowerLeft) >= sum(upperRight) + sum(lowerRight) ? -1 : 1,
    };
  }
};
